import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // The dev server of `tauri dev`; the shipped program carries `dist` and opens no socket.
  // The pictures of formats lie beside the templates.
  server: { port: 1420, strictPort: true, fs: { allow: [".."] } },
  clearScreen: false,
  build: {
    target: ["es2022", "safari16"],
    // Nothing is loaded over a network, so few and large files cost nothing; what is slow is parsing, hence lazy pages.
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/components/testing/setup.ts"],
    // antd renders every style anew in jsdom; two slow cores must not make a test fail.
    testTimeout: 60_000,
  },
});
