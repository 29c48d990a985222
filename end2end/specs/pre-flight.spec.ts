// The pre-flight: after everything is made, one press says whether a push gets through.

import { expect, test } from "../support/test";

// Not faster: the pipeline's first execution is stopped at once, before it gets to a deployment.
test.use({ speed: 200 });

test("everything is made at once, and the pre-flight passes wherever it is shown", async ({ page, visit, look }) => {
  test.setTimeout(150_000);
  await visit("/overview");
  await page.locator("details.up-to > summary").click();
  await page.getByRole("button", { name: /^Make all of it/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The whole pipeline stands", { timeout: 100_000 });

  const card = page.locator("#pre-flight");
  const headline = card.locator(".headline");
  await card.getByRole("button", { name: "Look at everything" }).click();
  await expect(headline).toHaveAttribute("data-outcome", "passed", { timeout: 30_000 });
  await expect(page).toHaveURL(/\/overview(#pre-flight)?$/);
  await expect(card.locator("[data-item]"), "what is ready steps back").toHaveCount(0);
  await look("pre-flight-overview");

  await visit("/pre-flight", "pre-flight");
  const items = card.locator('[data-item][data-outcome="passed"]');
  await expect(items).toHaveCount(8);
  await items.first().locator("summary").click();
  await expect(items.first().locator("table")).toBeVisible();

  await visit("/steps/12");
  await card.getByRole("button", { name: "Look again" }).click();
  await expect(page).toHaveURL(/\/steps\/12(#pre-flight)?$/);
  await expect(headline).toHaveAttribute("data-outcome", "passed");
});
