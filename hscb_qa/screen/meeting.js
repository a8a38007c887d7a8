// The arrow keys, Page Up and Page Down, the space bar and a presenter's remote go on and back; Home goes to the first slide, Escape out.
const WAYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous", Home: "first", Escape: "out",
};
const FIELDS = "input, textarea, select, [contenteditable=true], [role=combobox], [role=radio], [role=slider], [role=tab]";
const PRESSED = "button, summary, a";

export default function () {
  const onKey = (event) => {
    const way = WAYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.target.closest(FIELDS)) return;
    if (event.key === " " && event.target.closest(PRESSED)) return;
    const link = document.querySelector(`.st-key-slide_${way} a`);
    if (link) { event.preventDefault(); link.click(); }
  };
  document.addEventListener("keydown", onKey);
  document.body.dataset.keys = "heard"; // for whoever presses them faster than a person would
  return () => { delete document.body.dataset.keys; document.removeEventListener("keydown", onKey); };
}
