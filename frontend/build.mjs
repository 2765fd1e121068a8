// Bundles the behaviours and the styles into the folder Django serves, under stable names:
// one script for each file of src/, one sheet for each page kind of styles/, fonts beside them.
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(here, "../src/fabrique/kit/static/fabrique");

const SHEETS = ["main", "wall", "phone", "console", "document", "note", "map"];

const names = await readdir(path.join(here, "src"));
const scripts = names
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => path.join(here, "src", name));
const sheets = SHEETS.map((name) => path.join(here, "styles", `${name}.css`)).filter(existsSync);

const result = await build({
  entryPoints: [...scripts, ...sheets],
  outdir: output,
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  bundle: true,
  minify: true,
  sourcemap: "linked",
  format: "iife",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file", ".woff": "file", ".svg": "dataurl" },
  metafile: true,
  absWorkingDir: here,
  logLevel: "warning",
});

const made = new Set(Object.keys(result.metafile.outputs).map((name) => path.resolve(here, name)));
for (const entry of await readdir(output, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  if (entry.isFile() && !made.has(file)) await rm(file);
}
