// Every step by form, as a person does them: each check first says what is
// missing, then passes with evidence. The project `nojs` walks the same way
// with JavaScript turned off.

import { StepPage } from "../support/step";
import { expect, test } from "../support/test";

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const CONNECTION = 10;

// Not faster: the pipeline's first execution is stopped at once, before it gets to a deployment.
test.use({ speed: 200 });

test("every step by form", async ({ page, visit, look }) => {
  test.setTimeout(360_000);
  for (const number of STEPS) {
    const step = new StepPage(page, number);
    await step.open();

    await step.check();
    expect(await step.outcome(), "before anything is made").toBe("wrong");
    expect(await step.misses()).not.toEqual([]);
    await look(`walk-${number}-wrong`);

    await step.create();
    if (number === CONNECTION) {
      expect(await step.outcome(), "before a person has agreed at GitLab").toBe("not-yet");
      await look("walk-10-pending");
      await step.authorize();
    }
    await step.passes();
    expect(await step.misses()).toEqual([]);
    await look(`walk-${number}-passed`);
  }

  await visit("/pre-flight");
  const flight = page.locator("#pre-flight");
  await flight.getByRole("button", { name: /^Look/ }).click();
  await expect(flight.locator(".headline")).toHaveAttribute("data-outcome", "passed");
  await look("walk-pre-flight");

  await visit("/overview", "walk-overview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The whole pipeline stands");
});

test("what a step yields is filled in where a later one needs it", async ({ page }) => {
  const roles = new StepPage(page, 2);
  await roles.open();
  await roles.create();
  await roles.passes();
  const arn = await page.locator("code", { hasText: /^arn:aws:iam::\d{12}:role\// }).first().textContent();
  expect(arn).toMatch(/^arn:aws:iam::\d{12}:role\/.+/);
});
