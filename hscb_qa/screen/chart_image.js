// The charts that are drawn on the page to one picture with title, source and edition, as SVG or as PNG of twice the size.
// Nothing leaves the page: the layers are taken from it, and the file is made here.
const EDGE = 24, SPACE = "http://www.w3.org/2000/svg", FAMILY = "Arial, 'Liberation Sans', sans-serif";
const TITLE = { size: 22, weight: "bold", colour: "#0B0C0C" }, LINE = { size: 15, weight: "normal", colour: "#3D3D3D" };

function make(name, attributes) {
  const element = document.createElementNS(SPACE, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

function wrapped(words, style, width) {
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = `${style.weight} ${style.size}px ${FAMILY}`;
  return words.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
    return lines;
  }, []);
}

function write(picture, texts, style, width, top) {
  texts.filter(Boolean).forEach((words) => wrapped(words, style, width).forEach((line) => {
    top += style.size * 1.35;
    const text = make("text", { x: EDGE, y: top, fill: style.colour, "font-size": style.size, "font-weight": style.weight, "font-family": FAMILY });
    text.textContent = line;
    picture.append(text);
  }));
  return top;
}

function compose(data) {
  const area = document.querySelector(`.st-key-${data.within}`);
  const plots = area ? [...area.querySelectorAll(".js-plotly-plot")].filter((plot) => plot.offsetWidth) : [];
  if (!plots.length) return null;
  const boxes = plots.map((plot) => plot.getBoundingClientRect());
  const heads = [...area.querySelectorAll(".hscb-in-image")];
  const all = [...boxes, ...heads.map((head) => head.getBoundingClientRect())];
  const left = Math.min(...all.map((box) => box.left)), top = Math.min(...all.map((box) => box.top));
  const width = Math.max(...all.map((box) => box.right)) - left, deep = Math.max(...all.map((box) => box.bottom)) - top;
  const picture = make("svg", { xmlns: SPACE });
  const ground = make("rect", { width: "100%", height: "100%", fill: "#FFFFFF" });
  picture.append(ground);
  let down = write(picture, [data.title], TITLE, width, EDGE / 2);
  down = write(picture, data.above, LINE, width, down + 4) + 14;
  heads.forEach((head) => {
    const box = head.getBoundingClientRect();
    const text = make("text", { x: EDGE + box.left - left, y: down + box.top - top + 18, fill: TITLE.colour, "font-size": 17, "font-weight": "bold", "font-family": FAMILY });
    text.textContent = head.textContent;
    picture.append(text);
  });
  plots.forEach((plot, number) => plot.querySelectorAll(".main-svg").forEach((layer) => {
    const copy = layer.cloneNode(true);
    copy.querySelectorAll(".hoverlayer").forEach((hover) => hover.remove());
    copy.removeAttribute("style");
    copy.setAttribute("x", EDGE + boxes[number].left - left);
    copy.setAttribute("y", down + boxes[number].top - top);
    copy.setAttribute("overflow", "visible");
    picture.append(copy);
  }));
  const end = write(picture, data.below, { ...LINE, size: 13 }, width, down + deep + 6) + EDGE;
  Object.entries({ width: width + 2 * EDGE, height: end, viewBox: `0 0 ${width + 2 * EDGE} ${end}` }).forEach(([key, value]) => picture.setAttribute(key, value));
  const text = new XMLSerializer().serializeToString(picture).replace(/url\((?:&quot;|')?[^#)]*#([^)'&]*)(?:&quot;|')?\)/g, "url(#$1)");
  return { text: inLight(text, data.colours), width: width + 2 * EDGE, height: end };
}

function inLight(text, colours) {
  const rgb = (hex) => `rgb(${[1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)).join(", ")})`;
  const light = new Map(colours.flatMap(([dark, other]) => [[dark.toLowerCase(), other], [rgb(dark), other]]));
  return light.size ? text.replace(/#[0-9a-f]{6}\b|rgb\(\d+, \d+, \d+\)/gi, (found) => light.get(found.toLowerCase()) ?? found) : text;
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function asPng(picture, name) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([picture.text], { type: "image/svg+xml" }));
  return new Promise((resolve, reject) => {
    image.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.width * 2, picture.height * 2];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob ? resolve(give(blob, name)) : reject(new Error("no picture"))), "image/png");
    };
    image.onerror = () => reject(new Error("no picture"));
    image.src = address;
  });
}

export default function ({ data, parentElement }) {
  const told = parentElement.querySelector("[role=status]");
  parentElement.querySelectorAll("button").forEach((button) => {
    button.onclick = async () => {
      const picture = compose(data), name = `${data.name}.${button.dataset.form}`;
      told.textContent = "";
      if (!picture) {
        told.textContent = "There is no chart to save.";
        return;
      }
      try {
        if (button.dataset.form === "svg") give(new Blob([picture.text], { type: "image/svg+xml" }), name);
        else await asPng(picture, name);
        told.textContent = `Saved as ${name}`;
      } catch {
        told.textContent = "This browser could not make the picture. Try the SVG.";
      }
    };
  });
}
