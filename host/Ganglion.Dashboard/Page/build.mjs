// Checks the page's types, bundles it into three files and compresses them: dist/index.html.gz, page.css.gz, page.js.gz.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"], { stdio: "inherit" });
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
const bundle = await build({
  entryPoints: { "page": "src/main.ts" },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  outdir: "dist",
  write: false,
});
const files = new Map(bundle.outputFiles.map(file => [file.path.split(/[\\/]/).pop(), file.contents]));
files.set("index.html", readFileSync("src/index.html"));
for (const [name, contents] of files) {
  writeFileSync(`dist/${name}.gz`, gzipSync(contents, { level: 9 }));
}
