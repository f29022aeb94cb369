// The question box: sends what is typed, grows with it, and takes back a question that was not answered.
(() => {
  const { send, watch } = window.minutebook;
  const box = () => document.querySelector("#mb-question textarea");

  function ask(question) {
    send("ask", { question });
  }

  function submit() {
    const field = box();
    const question = field.value;
    field.value = "";
    ask(question);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#mb-question")) return;
    event.preventDefault();
    submit();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box()) return;
    event.preventDefault();
    submit();
  });

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-ask]");
    if (asked) ask(asked.dataset.ask);
  });

  let returned = null;
  watch(() => {
    const trouble = document.querySelector(".mb-trouble[data-question]");
    if (trouble === returned) return;
    returned = trouble;
    if (trouble && box() && !box().value) box().value = trouble.dataset.question;
  });
})();
