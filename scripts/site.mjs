// Makes the folder that the server serves, from the islands as the linker left
// them, style/ and public/:
//
//   site/hash.txt                   what leptos reads to know the hashed names
//   site/pkg/greenlight.HASH.js     wasm-bindgen's glue, minified
//   site/pkg/greenlight.HASH.wasm   shrunk by wasm-opt
//   site/pkg/greenlight.HASH.css    style/main.css and all that it imports
//   site/...                        public/, as it is
//
// and next to each file its .br and .gz. Everything under pkg/ may be cached
// for good. Nothing is done when nothing changed.
//
//   node scripts/site.mjs ISLANDS.wasm SITE   (WASM_BINDGEN, NODE_MODULES in the environment)

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const NAME = "greenlight";
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [islands, site] = process.argv.slice(2);
const modules = process.env.NODE_MODULES;
const { buildSync } = createRequire(join(modules, "."))("esbuild");

// What rustc's WebAssembly uses beyond the first version of the standard.
const WASM_FEATURES = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

// Inlining makes the file smaller and what travels larger: copies of a function
// differ just enough for brotli not to see that they are copies (120 KB
// against 130 when this was measured).
const WASM_OPTIMISATION = ["-Oz", "--skip-pass=inlining-optimizing"];

// Already compressed, or too small to gain from it.
const COMPRESSIBLE = new Set([".css", ".html", ".ico", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest"]);
const WORTH_COMPRESSING = 256;

function main() {
  const stamp = fingerprint();
  const stampFile = join(site, ".stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;

  // Built beside and renamed, so that a server never serves half of it.
  const next = `${site}.next`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(join(next, "pkg"), { recursive: true });
  if (existsSync(join(ROOT, "public"))) cpSync(join(ROOT, "public"), next, { recursive: true });

  const hashes = { ...bindIslands(next), css: bundleStyle(next) };
  const lines = Object.entries(hashes).map(([kind, hash]) => `${kind}: ${hash}\n`);
  for (const file of filesUnder(next)) compress(file);
  writeFileSync(join(next, "hash.txt"), lines.join(""));
  writeFileSync(join(next, ".stamp"), stamp);

  rmSync(site, { recursive: true, force: true });
  renameSync(next, site);
}

/// One hash over everything the site is made of.
function fingerprint() {
  const inputs = [islands, fileURLToPath(import.meta.url), join(ROOT, "scripts", "package-lock.json")];
  for (const folder of ["style", "public"]) inputs.push(...filesUnder(join(ROOT, folder)));
  const hash = createHash("sha256");
  for (const file of inputs) hash.update(relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.update(process.env.WASM_BINDGEN).digest("hex");
}

/// Binds and shrinks the islands; gives the hashes of their glue and their wasm.
function bindIslands(next) {
  const scratch = join(next, ".bind");
  run(process.env.WASM_BINDGEN, [islands, "--target", "web", "--no-typescript", "--out-name", NAME, "--out-dir", scratch]);
  const bound = join(scratch, `${NAME}_bg.wasm`);
  const small = join(scratch, "small.wasm");
  run(process.execPath, [join(modules, "binaryen", "bin", "wasm-opt"), ...WASM_OPTIMISATION, ...WASM_FEATURES, bound, "-o", small]);
  // Bundled, because the glue may import snippets that crates bring along.
  const js = esbuild({ entryPoints: [join(scratch, `${NAME}.js`)], format: "esm", target: "es2022" });
  const hashes = {
    js: place(next, "js", js),
    wasm: place(next, "wasm", readFileSync(small)),
  };
  rmSync(scratch, { recursive: true });
  return hashes;
}

/// One stylesheet out of style/main.css and what it imports.
function bundleStyle(next) {
  // Pictures and fonts lie in public/ and are named by their address, not by their file.
  const external = ["/*.svg", "/*.woff2"];
  return place(next, "css", esbuild({ entryPoints: [join(ROOT, "style", "main.css")], external }));
}

function esbuild(options) {
  const { outputFiles } = buildSync({
    bundle: true, minify: true, write: false, charset: "utf8", logLevel: "error", legalComments: "none", ...options,
  });
  return Buffer.from(outputFiles[0].contents);
}

/// Writes a file under a name that carries its content's hash.
function place(next, extension, bytes) {
  const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 16);
  writeFileSync(join(next, "pkg", `${NAME}.${hash}.${extension}`), bytes);
  return hash;
}

function compress(file) {
  const bytes = readFileSync(file);
  if (!COMPRESSIBLE.has(extname(file)) || bytes.length < WORTH_COMPRESSING) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function run(command, words) {
  execFileSync(command, words, { stdio: ["ignore", "inherit", "inherit"] });
}

main();
