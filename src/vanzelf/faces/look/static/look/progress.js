// Looks again at a page that is moving, without taking the reader's place or focus away.
// Without this script the page has a link that does the same.
const region = document.getElementById("progress");

async function again() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = fresh.getElementById("progress");
  if (!response.ok || !next || !("moving" in next.dataset)) {
    location.reload();
    return;
  }
  region.replaceChildren(...next.childNodes);
  setTimeout(again, 1500);
}

if (region && "moving" in region.dataset) setTimeout(again, 1500);
