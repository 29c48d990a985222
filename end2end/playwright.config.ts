// Every page in Chromium: two widths, two themes, and once without JavaScript.
//
// `make test` sets GREENLIGHT_BINARY and GREENLIGHT_BROWSER. Each test starts a
// server of its own with an empty database (support/greenlight.ts), so no test
// sees another's account.

import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

type Use = NonNullable<PlaywrightTestConfig["use"]>;

const desktop: Use = { viewport: { width: 1440, height: 900 } };
const phone: Use = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** What Chromium needs to run as root in a container, and what it need not do in a test. */
const rootArguments = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const quietArguments = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  // Two cores: a server and a browser each.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    launchOptions: {
      executablePath: process.env.GREENLIGHT_BROWSER || undefined,
      args: [...rootArguments, ...quietArguments],
    },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "desktop-light", use: { ...desktop, colorScheme: "light" } },
    { name: "desktop-dark", use: { ...desktop, colorScheme: "dark" } },
    { name: "phone-light", use: { ...phone, colorScheme: "light" } },
    { name: "phone-dark", use: { ...phone, colorScheme: "dark" } },
    { name: "nojs", use: { ...desktop, javaScriptEnabled: false } },
  ],
});
