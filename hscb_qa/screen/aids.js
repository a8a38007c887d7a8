// A quiet line instead of Streamlit's dialog while the server does not answer; charts that fit on paper; links to forms that keep the session;
// a menu that leads from one item back to its page.
const AWAY = "The server does not answer just now. What you see may be read; choices work again as soon as it answers, by themselves.";

function awayLine() {
  const line = document.createElement("p");
  line.className = "hscb-away";
  line.setAttribute("role", "status");
  return line;
}

function tellWhileAway(line, onAnswer) {
  const app = document.querySelector(".stApp");
  let wasAway = false;
  const look = () => {
    const isAway = app.getAttribute("data-test-connection-state") !== "CONNECTED";
    const words = isAway ? AWAY : "";
    if (line.textContent !== words) line.textContent = words;
    if (isAway) document.querySelector("[role=dialog] button[aria-label=Close]")?.click();
    if (wasAway && !isAway) onAnswer();
    wasAway = isAway;
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-test-connection-state"] });
  return watcher;
}

// Plotly draws in the size of the screen; with a view box a chart shrinks to the width of the paper as a whole.
const fitToPaper = () => document.querySelectorAll(".js-plotly-plot .main-svg").forEach((one) => {
  one.setAttribute("viewBox", `0 0 ${one.getAttribute("width")} ${one.getAttribute("height")}`);
});

// Escape puts away the meaning of a word of the glossary, wherever the pointer is, until the word is asked for again.
const hush = (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".hscb-term:hover, .hscb-term:focus").forEach((one) => {
    one.classList.add("hscb-hushed");
    const again = () => one.classList.remove("hscb-hushed");
    ["mouseleave", "blur"].forEach((left) => one.addEventListener(left, again, { once: true }));
  });
};

// On a telephone the menu lies over the page: once a page is chosen, it gives way.
const NARROW = 768; // pixels, as Streamlit has it
const giveWay = (event) => {
  if (window.innerWidth >= NARROW || !event.target.closest?.("[data-testid=stSidebarNavLink]")) return;
  setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click(), 150);
};

// A link to a form goes the way the browser's back and forward go: loading the page anew would begin a new session, which does not know
// who is entering.
const FORM = ".stHtml a[href^='/entry?']";
const followForm = (event) => {
  const link = event.target.closest?.(FORM);
  if (link && mayFollow(event)) follow(event, link, link.getAttribute("href"));
};

const mayFollow = (event) => {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  return isPlain && document.querySelector(".stApp").getAttribute("data-test-connection-state") === "CONNECTED";
};

const follow = (event, link, href) => {
  event.preventDefault();
  link.blur();
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  history.pushState(null, "", href);
  window.dispatchEvent(new PopStateEvent("popstate"));
};

// For Streamlit a click on the page that is shown is no move, and keeps its address: one item would stay in full. Here it leads to the page
// as it begins, with the choices that go from page to page. Listens before Streamlit does.
const leaveItem = ({ kept, items }) => (event) => {
  const link = event.target.closest?.("[data-testid=stSidebarNavLink]");
  const asked = new URLSearchParams(location.search);
  if (!link || new URL(link.href).pathname !== location.pathname || !items.some((name) => asked.has(name)) || !mayFollow(event)) return;
  event.stopPropagation();
  const query = new URLSearchParams([...asked].filter(([name]) => kept.includes(name))).toString();
  follow(event, link, location.pathname + (query && `?${query}`));
  giveWay(event);
};

export default function ({ data, setTriggerValue }) {
  document.querySelectorAll(".hscb-away").forEach((old) => old.remove());
  const line = awayLine();
  document.body.append(line);
  // A server that was started anew knows nothing of this page: one run with the address as it stands gives it back the viewer's choices.
  const watcher = tellWhileAway(line, () => setTriggerValue("answered", true));
  window.addEventListener("beforeprint", fitToPaper);
  document.addEventListener("keydown", hush);
  document.addEventListener("click", giveWay);
  document.addEventListener("click", followForm);
  const leave = leaveItem(data);
  document.addEventListener("click", leave, true);
  return () => { document.removeEventListener("click", leave, true); document.removeEventListener("click", followForm); document.removeEventListener("click", giveWay); window.removeEventListener("beforeprint", fitToPaper); document.removeEventListener("keydown", hush); watcher.disconnect(); line.remove(); };
}
