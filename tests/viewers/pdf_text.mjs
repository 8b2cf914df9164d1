// Prints what pdf.js takes for the text of a PDF, as its text layer and its search see it.
// node pdf_text.mjs FILE.pdf PATH-TO/pdf.mjs
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const { getDocument } = await import(pathToFileURL(process.argv[3]).href);
const data = new Uint8Array(fs.readFileSync(process.argv[2]));
const file = await getDocument({ data, verbosity: 0 }).promise;
for (let number = 1; number <= file.numPages; number += 1) {
  const { items } = await (await file.getPage(number)).getTextContent();
  process.stdout.write(`${items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("")}\n`);
}
