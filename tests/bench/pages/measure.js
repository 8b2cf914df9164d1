// Lines and words of what was set, from the browser's own rectangles; ink heights from the font's outlines.
"use strict";

// The lines of an element: words in logical order with their rectangles, start offsets in the element's text.
function linesOf(el) {
  const nodes = [];
  const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  const lines = [];
  for (const match of text.matchAll(/[^ \n]+/g)) {
    for (const part of partsOf(nodes, match.index, match.index + match[0].length, text)) {
      const last = lines.at(-1);
      const middle = (part.y0 + part.y1) / 2;
      if (last && middle > last.y0 && middle < last.y1) last.words.push(part);
      else lines.push({ y0: part.y0, y1: part.y1, start: part.start, words: [part] });
    }
  }
  const pitch = parseFloat(getComputedStyle(el).lineHeight);
  for (const line of lines) {
    const middle = (line.y0 + line.y1) / 2;
    Object.assign(line, { y0: middle - pitch / 2, y1: middle + pitch / 2 });
  }
  return lines;
}

// A word, or its two halves where it is divided at a soft hyphen. An initial gives no place to its word.
function partsOf(nodes, start, end, text) {
  const places = [];
  for (let at = start; at < end; at += 1) {
    const [base, node] = nodes.findLast(([from]) => from <= at);
    if (node.parentElement.className !== "cap") places.push([at, node, at - base]);
  }
  const runs = [];
  for (const [at, node, offset] of places) {
    const last = runs.at(-1);
    if (last && last.node === node) last.to = offset + 1;
    else runs.push({ node, from: offset, to: offset + 1, at });
  }
  const range = document.createRange();
  const rects = runs.map((run) => rectsOf(range, run.node, run.from, run.to));
  const flat = rects.flat();
  if (!flat.length) return [];
  const middles = flat.map((r) => (r.top + r.bottom) / 2);
  if (Math.max(...middles) - Math.min(...middles) < flat[0].height / 2) return [part(flat, start, end, text)];
  const first = flat[0];
  const broken = places.findIndex(([, node, offset]) => {
    const r = rectsOf(range, node, offset, offset + 1).at(-1); // the first may be that of the hyphen
    return r && r.width > 0 && (r.top + r.bottom) / 2 > first.bottom;
  });
  if (broken < 0) throw new Error(`no division in ${text.slice(start, end)}`);
  const cut = places[broken][0];
  const upper = flat.filter((r) => (r.top + r.bottom) / 2 <= first.bottom);
  const lower = flat.filter((r) => (r.top + r.bottom) / 2 > first.bottom);
  return [part(upper, start, cut, text), part(lower, cut, end, text)];
}

function rectsOf(range, node, from, to) {
  range.setStart(node, from);
  range.setEnd(node, to);
  return [...range.getClientRects()].filter((r) => r.width > 0.01);
}

function part(rects, start, end, text) {
  return {
    text: text.slice(start, end), start, end,
    x0: Math.min(...rects.map((r) => r.left)), x1: Math.max(...rects.map((r) => r.right)),
    y0: rects[0].top + scrollY, y1: rects[0].bottom + scrollY,
  };
}

const ascents = {};

// Distance of the baseline from the top of a text rectangle, measured once a font with an empty inline box.
function ascentOf(style, font) {
  const key = `${font}|${style.lineHeight}`;
  if (!(key in ascents)) {
    const probe = document.createElement("div");
    probe.style.cssText = `position:absolute;left:0;top:0;font:${font};white-space:pre`;
    probe.innerHTML = 'x<span style="display:inline-block;width:0;height:0"></span>';
    document.body.append(probe);
    const range = document.createRange();
    range.selectNodeContents(probe.firstChild);
    ascents[key] = probe.lastChild.getBoundingClientRect().bottom - range.getBoundingClientRect().top;
    probe.remove();
  }
  return ascents[key];
}

function fontOf(style) {
  return `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
}

// What Python gets of one fragment of a piece.
function measured({ el, frame, piece }) {
  const style = getComputedStyle(el);
  const lead = el.querySelector(".lead");
  const fonts = [fontOf(style), lead ? fontOf(getComputedStyle(lead)) : null];
  const lines = linesOf(el).map((line) => {
    const words = line.words.map((word) => {
      const font = lead && word.start < lead.textContent.length ? fonts[1] : fonts[0];
      const baseline = word.y0 + ascentOf(style, font);
      canvas.font = font;
      const ink = canvas.measureText(word.text.replaceAll("\u00ad", ""));
      return { text: word.text, x0: word.x0, x1: word.x1, baseline,
        y0: baseline - ink.actualBoundingBoxAscent, y1: baseline + ink.actualBoundingBoxDescent };
    });
    return { y0: line.y0, y1: line.y1, words };
  });
  if (el.dataset.hyphen) lines.at(-1).words.at(-1).text += "\u00ad";
  const cap = el.querySelector(".cap");
  return {
    from: Number(el.dataset.from), to: Number(el.dataset.to), lines, cut: el.classList.contains("cut"),
    column: frame ? frame.column : null, frame: frame && { x0: frame.x, x1: frame.x + frame.w, holes: frame.holes },
    cap: cap ? rectOf(cap) : null, box: rectOf(el),
  };
}

function rectOf(el) {
  const r = el.getBoundingClientRect();
  return { x0: r.left, y0: r.top + scrollY, x1: r.right, y1: r.bottom + scrollY };
}
