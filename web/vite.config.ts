import { svelte } from "@sveltejs/vite-plugin-svelte";
import { loadEnv } from "vite";
import { defineConfig } from "vitest/config";

// "npm run dev" asks a lifecircle that runs beside it.
const service = loadEnv("", ".", "LIFECIRCLE_").LIFECIRCLE_URL ?? "http://127.0.0.1:8080";
const paths = ["project", "standards", "facilities", "zones", "demand", "coverage", "gaps", "circles", "at", "route", "isochrone", "whatif", "siting", "closures", "jobs", "tiles", "healthz"];

// The page lives at the root of the service or below any prefix of a proxy, so
// every address in the bundle is relative.
export default defineConfig({
  base: "./",
  plugins: [svelte()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1400, // maplibre-gl alone is 1.1 MB before gzip
    assetsInlineLimit: 0,
  },
  server: {
    proxy: Object.fromEntries(paths.map((p) => [`/${p}`, service])),
  },
  test: { include: ["tests/**/*.test.ts"], environment: "./tests/page.ts" },
});
