// Asks the helper on this computer for the number on an identity card, and fills it in.
// Without this script, or without the helper, the number is typed.
const part = document.getElementById("card");
const field = document.querySelector("input[name=insz]");

function say(code) {
  const text = part.querySelector(`template[data-code="${code}"]`);
  part.querySelector("[role=status]").textContent = text ? text.content.textContent : "";
}

// A word that serves for one answer, so that nobody else's question gets it.
const word = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function read(button) {
  button.disabled = true;
  say("waiting");
  let answer;
  try {
    const response = await fetch(`${part.dataset.helper}/card`, {
      method: "POST",
      headers: { "X-Vanzelf-Ask": word() },
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    answer = await response.json();
  } catch {
    answer = { trouble: "no-helper" };
  }
  button.disabled = false;
  if (answer.insz) {
    field.value = answer.insz;
    say(answer.valid_until < part.dataset.today ? "expired" : "done");
    field.focus();
  } else {
    say(answer.trouble);
    button.focus();
  }
}

if (part && field) {
  part.hidden = false;
  const button = part.querySelector("button");
  button.addEventListener("click", () => read(button));
}
