// Handing records in: sends the files that are dropped or chosen one after the other, then has their plan made.
(() => {
  const { send, watch } = window.minutebook;
  let batch = null;
  let turned = [];
  let sending = false;

  const area = () => document.querySelector(".mb-drop");
  const busy = () => sending || document.querySelector('#mb-plan [aria-busy="true"]');

  // Sends to this server and gives what it says; an Error with its sentence when it refuses.
  function request(method, place, body, progress) {
    return new Promise((done, failed) => {
      const call = new XMLHttpRequest();
      const fail = (sentence) => failed(new Error(sentence || area().dataset.notSent));
      call.open(method, place);
      call.responseType = "json";
      if (progress) call.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 1);
      call.onload = () => (call.status === 200 ? done(call.response) : fail(call.response?.reason));
      call.onerror = call.onabort = () => fail();
      call.send(body);
    });
  }

  async function put(file) {
    const said = area().dataset.sending.replace("{name}", file.name);
    const place = `arrivals/${batch}?name=${encodeURIComponent(file.name)}`;
    try {
      await request("PUT", place, file, (share) => tell(`${said} ${Math.round(100 * share)} %`));
    } catch (problem) {
      turned.push({ name: file.name, reason: problem.message });
    }
  }

  async function take(files) {
    if (!files.length || busy()) return;
    sending = true;
    try {
      batch ??= (await request("POST", "arrivals")).batch;
      for (const file of files) await put(file);
      tell("");
      send("hand_in", { batch, turned });
    } catch (problem) {
      tell(problem.message);
    } finally {
      sending = false;
    }
  }

  // What is being sent, or why it was not, in place of the kinds of files.
  function tell(sentence) {
    const line = area().querySelector(".mb-kinds");
    line.dataset.kinds ??= line.textContent;
    line.textContent = sentence || line.dataset.kinds;
  }

  function forget() {
    batch = null;
    turned = [];
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".mb-drop input")) return;
    take([...event.target.files]);
    event.target.value = "";
  });

  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const place = event.target.closest?.("#mb-screen-intake") && area();
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("mb-over", name === "dragenter" || name === "dragover");
      if (name === "drop") take([...event.dataTransfer.files]);
    });
  }

  document.addEventListener("click", (event) => {
    const { intake: way, batch: aside } = event.target.closest("[data-intake]")?.dataset ?? {};
    if (!way) return;
    if (way === "aside") {
      forget();
      send("hand_in", { batch: aside, turned });
      return;
    }
    if (way === "confirm") send("take_in");
    else if (way === "cancel") send("stop_intake");
    else send("withdraw");
    if (way !== "cancel") forget();
  });

  // A new plan or report is where the eye should be; what is in now is shown by every other screen too.
  let shown = null;
  watch(() => {
    const section = document.querySelector("#mb-plan section:not([aria-busy])");
    const said = section?.textContent ?? null;
    if (said === shown) return;
    shown = said;
    if (!section) return;
    section.querySelector("h3")?.focus({ preventScroll: true });
    if (section.matches("[data-intake-done]") && section.querySelector(".mb-outcome")) send("speak");
  });

  let here = false;
  document.addEventListener("minutebook:screen", (event) => {
    here = event.detail.screen === "intake";
    if (here) send("desk");
  });
  setInterval(() => here && !document.hidden && send("desk"), 4000);
})();
