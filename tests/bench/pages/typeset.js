// Sets one page in the browser and measures it. `typeset(spec)` is called once a page; all lengths are CSS pixels.
// A spec has areas (one article or a run of small ones): columns, a head over some of them, obstacles (pictures,
// quotes, boxes) and a flow of pieces that fills the columns one after the other, as a compositor would.
"use strict";

const made = { pieces: {}, boxes: {}, rules: [], areas: {}, zones: [], rest: {} };
let sheet, spec, canvas;

async function typeset(given) {
  spec = given;
  document.querySelector("#variables").textContent = spec.variables;
  sheet = document.querySelector("#sheet");
  sheet.className = spec.classes;
  sheet.style.cssText = `width:${spec.width}px;height:${spec.height}px`;
  canvas = document.createElement("canvas").getContext("2d");
  await document.fonts.ready;
  for (const loose of spec.loose) place(loose.piece, loose.x, loose.y, loose.w, loose.cls);
  for (const ad of spec.ads) display(ad);
  for (const area of spec.areas) setHead(area);
  for (const area of spec.areas) setBody(area);
  for (const rule of spec.rules) drawRule(rule.x0, rule.y0, rule.x1, rule.y1, rule.role, rule.cls);
  for (const area of spec.areas) columnRules(area);
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  for (const key of Object.keys(made.pieces)) made.pieces[key] = made.pieces[key].map(measured);
  for (const key of Object.keys(made.boxes)) made.boxes[key] = rectOf(made.boxes[key].el);
  return made;
}

// --- pieces ---------------------------------------------------------------------------------------------------

function element(piece, cls) {
  const el = document.createElement("div");
  el.className = `piece ${piece.cls} ${cls || ""}`;
  el.dir = piece.dir;
  el.lang = piece.lang;
  write(el, piece, 0, piece.text.length);
  return el;
}

// Puts text[from:to] into the element: initial, lead-in, rest.
function write(el, piece, from, to) {
  el.textContent = "";
  el.dataset.from = from;
  el.dataset.to = to;
  if (from === 0 && piece.bullet) el.dataset.bullet = piece.bullet;
  const marks = [];
  if (from === 0 && piece.cap) marks.push([0, piece.cap, "cap"]);
  if (from === 0 && piece.lead) marks.push([piece.cap || 0, Math.min(piece.lead, to), "lead"]);
  let at = from;
  for (const [a, b, name] of marks) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = piece.text.slice(a, b);
    el.append(span);
    at = b;
  }
  el.append(piece.text.slice(at, to));
}

function keep(piece, el, frame) {
  (made.pieces[piece.key] ||= []).push({ el, frame, piece });
}

function place(piece, x, y, w, cls) {
  const el = element(piece, cls);
  el.style.cssText = `position:absolute;left:${x}px;top:${y}px;width:${w}px`;
  sheet.append(el);
  keep(piece, el, null);
  return el;
}

// --- areas ----------------------------------------------------------------------------------------------------

function setHead(area) {
  let y = area.headY;
  for (const piece of area.head) {
    const el = place(piece, area.headX, y, area.headW, area.cls);
    y += el.getBoundingClientRect().height;
  }
  const bottom = area.head.length ? y + area.gap : y;
  made.areas[area.id] = { headBottom: bottom };
}

// The body comes after all heads: a column may begin below the head of another article.
function setBody(area) {
  const bottom = made.areas[area.id].headBottom;
  for (const column of area.columns) {
    if (column.under) column.y0 = made.areas[column.under].headBottom;
    else if (column.headed) column.y0 = bottom;
  }
  const blocked = [];
  for (const obstacle of area.obstacles) block(area, obstacle, blocked);
  area.blocked = blocked;
  const frames = area.columns.filter((column) => !column.bare).flatMap((column) => segments(area, column, blocked));
  area.frames = frames;
  if (area.flow.length) fill(area, frames);
}

// The stretches of a column that no obstacle covers; one that covers it in part becomes a hole to run around.
function segments(area, column, blocked) {
  const least = 2.5 * area.pitch;
  const whole = blocked.filter((b) => b.x0 <= column.x + 1 && b.x1 >= column.x + column.w - 1);
  const part = blocked.filter((b) => !whole.includes(b) && b.x0 < column.x + column.w && b.x1 > column.x);
  const cuts = whole.filter((b) => b.y1 > column.y0 && b.y0 < column.y1).sort((a, b) => a.y0 - b.y0);
  const found = [];
  let top = column.y0;
  for (const cut of [...cuts, { y0: column.y1, y1: column.y1 }]) {
    if (cut.y0 - top >= least) found.push(frame(area, column, top, cut.y0, part));
    top = Math.max(top, cut.y1);
  }
  return found;
}

function frame(area, column, y0, y1, part) {
  const el = document.createElement("div");
  el.className = "frame";
  el.style.cssText = `position:absolute;left:${column.x}px;top:${y0}px;width:${column.w}px`;
  sheet.append(el);
  const holes = part.filter((b) => b.y0 < y1 && b.y1 > y0);
  for (const hole of holes) {
    const side = hole.x0 > column.x + 1 ? "right" : "left";
    const width = side === "right" ? column.x + column.w - hole.x0 : hole.x1 - column.x;
    const spacer = document.createElement("div");
    spacer.style.cssText = `float:${side};width:0;height:${Math.max(0, hole.y0 - y0)}px`;
    const body = document.createElement("div");
    body.style.cssText = `float:${side};clear:${side};width:${width}px;height:${hole.y1 - Math.max(hole.y0, y0)}px`;
    el.append(spacer, body);
  }
  return { el, x: column.x, w: column.w, y0, y1, column: column.index, holes };
}

function bottomOf(el) {
  return el.getBoundingClientRect().bottom + scrollY;
}

function fill(area, frames) {
  const tails = area.tail.map((piece) => element(piece, area.cls));
  let room = 0;
  for (const el of tails) {
    frames.at(-1).el.append(el);
    room += el.getBoundingClientRect().height;
    el.remove();
  }
  if (frames.length) frames.at(-1).y1 -= room;
  const laid = []; // {piece, el, frame, from, to}
  const queue = area.flow.map((piece) => ({ piece, from: 0 }));
  let at = 0;
  while (queue.length && at < frames.length) {
    const { piece, from } = queue[0];
    const el = element(piece, area.cls);
    if (from) {
      write(el, piece, from, piece.text.length);
      el.classList.add("rest");
    }
    const here = frames[at];
    here.el.append(el);
    const need = piece.keep ? piece.keep * area.pitch : 0;
    if (bottomOf(el) + need <= here.y1 + 0.5) {
      laid.push({ piece, el, frame: here, from, to: piece.text.length });
      queue.shift();
      continue;
    }
    const cut = piece.whole ? 0 : cutPoint(el, here.y1, piece, from);
    if (cut) {
      shorten(el, piece, from, cut);
      laid.push({ piece, el, frame: here, from, to: cut });
      queue[0].from = cut;
    } else el.remove();
    at += 1;
  }
  if (area.trim) trim(laid, area);
  else made.rest[area.id] = queue.length ? { key: queue[0].piece.key, from: queue[0].from } : null;
  for (const { piece, el, frame: here } of laid) keep(piece, el, here);
  const last = laid.at(-1);
  if (last) {
    area.tail.forEach((piece, index) => {
      last.frame.el.append(tails[index]);
      keep(piece, tails[index], last.frame);
    });
  }
  for (const here of frames) {
    const mine = laid.filter((one) => one.frame === here);
    if (mine.length) made.zones.push({ area: area.id, column: here.column, x0: here.x, x1: here.x + here.w,
      y0: mine[0].el.getBoundingClientRect().top + scrollY, y1: bottomOf(mine.at(-1).el) });
  }
}

function shorten(el, piece, from, to) {
  const divided = piece.text[to - 1] === "\u00ad";
  write(el, piece, from, divided ? to - 1 : to);
  el.classList.add("cut");
  if (divided) el.dataset.hyphen = "-";
}

// Where the text that fits above y ends; 0 where less than two lines fit or one would be left alone.
function cutPoint(el, y, piece, from) {
  const lines = linesOf(el);
  let fits = lines.filter((line) => line.y1 <= y + 0.5).length;
  if (fits === lines.length - 1 && fits > 3) fits -= 1;
  if (fits < 2 || fits === lines.length) return 0;
  return from + lines[fits].start;
}

// Ends the text of an article with a full sentence, and leaves no heading without text under it.
function trim(laid, area) {
  while (laid.length) {
    const last = laid.at(-1);
    const whole = last.to === last.piece.text.length;
    if (whole && !last.piece.heads) return;
    const end = whole ? 0 : Math.max(0, ...last.piece.ends.filter((end) => end <= last.to));
    if (end > last.from) {
      write(last.el, last.piece, last.from, end);
      last.el.classList.remove("cut");
      delete last.el.dataset.hyphen;
      last.to = end;
      return;
    }
    last.el.remove();
    laid.pop();
  }
}

// --- obstacles ------------------------------------------------------------------------------------------------

function block(area, one, blocked) {
  const covered = area.columns.slice(one.from, one.to + 1);
  let x0 = Math.min(...covered.map((c) => c.x));
  let x1 = Math.max(...covered.map((c) => c.x + c.w));
  if (one.inset) [x0, x1] = [x0 + one.inset * covered[0].w, x1 - one.inset * covered[0].w];
  const top = Math.max(...covered.map((c) => c.y0));
  const foot = Math.min(...covered.map((c) => c.y1));
  const holder = document.createElement("div");
  holder.className = `holder ${one.cls}`;
  holder.style.cssText = `position:absolute;left:${x0}px;width:${x1 - x0}px;top:0`;
  sheet.append(holder);
  if (one.height) holder.style.height = `${one.height}px`;
  const inside = one.pieces.map((piece) => {
    const el = element(piece, "");
    holder.append(el);
    return [piece, el];
  });
  if (one.image) holder.prepend(picture(one.image, x1 - x0));
  if (one.table) holder.append(tableOf(one.table));
  const height = holder.getBoundingClientRect().height;
  let y = one.at === "top" ? top : one.at === "bottom" ? foot - height : top + one.at * (foot - top - height);
  const pad = one.pad;
  const rect = { x0, x1, y0: one.at === "top" ? y : y - pad, y1: one.at === "bottom" ? y + height : y + height + pad };
  if (one.inset) [rect.x0, rect.x1] = [x0 - pad, x1 + pad];
  const clash = blocked.some((b) => b.x0 < rect.x1 && b.x1 > rect.x0 && b.y0 < rect.y1 && b.y1 > rect.y0);
  if (clash || y < top - 1 || height > one.most * (foot - top) || y + height > foot + 1) return holder.remove();
  holder.style.top = `${y}px`;
  blocked.push(rect);
  for (const [piece, el] of inside) keep(piece, el, null);
  if (one.key) made.boxes[one.key] = { el: holder };
  if (one.image) made.boxes[one.image.key] = { el: holder.querySelector("img") };
  if (one.table) made.boxes[one.table.key] = { el: holder.querySelector("table") };
  if (one.inner) inner(one, x0, y, x1 - x0, height);
}

function inner(one, x, y, w, h) {
  const { area, count, margin, gutter } = one.inner;
  const wide = (w - 2 * margin - (count - 1) * gutter) / count;
  const places = [...Array(count).keys()].map((k) => (one.rtl ? count - 1 - k : k));
  area.columns = places.map((k, index) => ({ x: x + margin + k * (wide + gutter), w: wide, y0: y + margin,
    y1: y + h - margin, headed: true, index }));
  Object.assign(area, { headX: x + margin, headW: w - 2 * margin, headY: y + margin });
  setHead(area);
  setBody(area);
}

function picture(image, w) {
  const el = document.createElement("img");
  el.src = image.src;
  el.className = image.cls;
  el.style.cssText = `display:block;box-sizing:border-box;width:${w * image.share}px;height:${image.h}px`;
  if (image.share < 1) el.style.margin = "0 auto";
  return el;
}

function tableOf(table) {
  const el = document.createElement("table");
  el.className = table.cls;
  el.dir = table.dir;
  for (const row of table.rows) {
    const tr = el.insertRow();
    for (const piece of row) {
      const inside = element(piece, "");
      tr.insertCell().append(inside);
      keep(piece, inside, null);
    }
  }
  return el;
}

// A framed advertisement: pieces one under the other in the middle of its rectangle.
function display(ad) {
  const holder = document.createElement("div");
  holder.className = "ad";
  holder.style.cssText = `left:${ad.x}px;top:${ad.y}px;width:${ad.w}px;height:${ad.h}px`;
  sheet.append(holder);
  made.boxes[ad.key] = { el: holder };
  if (ad.image) holder.append(picture(ad.image, ad.w));
  for (const piece of ad.pieces) {
    const el = element(piece, "");
    holder.append(el);
    if (bottomOf(el) > ad.y + ad.h - 4 || el.scrollWidth > el.clientWidth + 1) el.remove();
    else keep(piece, el, null);
  }
}

// --- rules ----------------------------------------------------------------------------------------------------

function drawRule(x0, y0, x1, y1, role, cls) {
  const el = document.createElement("div");
  el.className = `rule ${cls || ""}`;
  el.style.cssText = `position:absolute;left:${x0}px;top:${y0}px;width:${x1 - x0}px;height:${y1 - y0}px`;
  sheet.append(el);
  made.rules.push({ x0, y0, x1, y1, role });
}

// Rules between the neighbouring columns of an area, and on its side; none through an obstacle.
function columnRules(area) {
  if (!area.ruled) return;
  const columns = [...area.columns].sort((a, b) => a.x - b.x);
  columns.forEach((column, k) => {
    const next = columns[k + 1];
    if (!next || next.x - column.x > 1.5 * (column.w + spec.gutter)) return;
    const x = (column.x + column.w + next.x) / 2;
    let top = Math.max(column.y0, next.y0);
    const foot = Math.min(column.y1, next.y1);
    const across = (area.blocked || []).filter((b) => b.x0 < x && b.x1 > x).sort((a, b) => a.y0 - b.y0);
    for (const b of [...across, { y0: foot, y1: foot }]) {
      if (b.y0 - top > 3 * area.pitch) drawRule(x - area.ruled / 2, top, x + area.ruled / 2, b.y0, "column-rule");
      top = Math.max(top, b.y1);
    }
  });
}
