// What every spec starts from: `import { expect, test } from "../support/test"`.
//
// A test fails on any console error, page error or answer above 499, whether it
// looked for one or not. `visit` and `look` also hold each state of a page
// against axe and against its own width, and keep a picture in shots/.

import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { Greenlight } from "./greenlight";

export { expect };

interface Fixtures {
  /** How many times faster than AWS the simulated machines work: `test.use({ speed: 20 })`. */
  speed: number;
  /** A server of the test's own, with an empty database. */
  greenlight: Greenlight;
  /** Goes to a path and looks at what is there. */
  visit: (path: string, name?: string) => Promise<void>;
  /** Looks at the page as it is now: axe, overflow, a picture called `name`. */
  look: (name: string) => Promise<void>;
  /** Complaints of the page so far; the test fails if any is left at its end. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  speed: [2000, { option: true }],

  greenlight: async ({ speed }, use) => {
    const greenlight = await Greenlight.start(speed);
    await use(greenlight);
    await greenlight.stop();
  },

  baseURL: async ({ greenlight }, use) => use(greenlight.url),

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      listen(page, complaints);
      await use(complaints);
      expect(complaints, "the page complained").toEqual([]);
    },
    { auto: true },
  ],

  look: async ({ page, javaScriptEnabled }, use, { project }) => {
    await use(async (name) => {
      await page.screenshot({ path: `shots/${project.name}/${name}.png`, fullPage: true, animations: "disabled" });
      // axe and the measurement are scripts of their own, which this project turned off.
      if (javaScriptEnabled === false) return;
      await expectNoOverflow(page, name);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(" ")) }));
      expect(found, `axe on ${name}`).toEqual([]);
    });
  },

  visit: async ({ page, look }, use) => {
    await use(async (path, name = nameOf(path)) => {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBeLessThan(400);
      await look(name);
    });
  },
});

function listen(page: Page, complaints: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("response", (answer) => {
    if (answer.status() >= 500) complaints.push(`${answer.status()}: ${answer.url()}`);
  });
}

/** Nothing sticks out to the side: a phone would scroll both ways. */
async function expectNoOverflow(page: Page, name: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `pixels that ${name} is too wide`).toBeLessThanOrEqual(0);
}

/** `/steps/2?tab=cli` becomes `steps-2-tab-cli`. */
function nameOf(path: string): string {
  return path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "home";
}
