// Looks again at a page that is moving, without taking the reader's place or focus away.
// Without this script the page has a link that does the same. What does not change is left alone,
// so that it is not read out again.
const region = document.getElementById("progress");
let pause = Number(region?.dataset.moving) || 1500;

async function again() {
  // A page that is done may lead elsewhere: that one is only opened once, by the reload.
  const response = await fetch(location.href, {
    headers: { Accept: "text/html" },
    redirect: "manual",
  });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = fresh.getElementById("progress");
  if (!response.ok || !next || !("moving" in next.dataset)) {
    location.reload();
    return;
  }
  if (region.innerHTML !== next.innerHTML) region.replaceChildren(...next.childNodes);
  pause = Math.min(pause * 1.5, 1500);
  setTimeout(again, pause);
}

if (region && "moving" in region.dataset) setTimeout(again, pause);
