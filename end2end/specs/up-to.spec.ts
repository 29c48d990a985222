// Everything at once: one press, and the page follows until all of it stands.

import { expect, test } from "../support/test";

test("everything is made at once, and the overview says when it stands", async ({ page, visit, look }) => {
  test.setTimeout(120_000);
  await visit("/overview");
  await page.locator("details.up-to > summary").click();
  await look("up-to-offered");
  await page.getByRole("button", { name: /^Make all of it/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The whole pipeline stands", { timeout: 90_000 });
  await expect(page.getByText("is being made")).toHaveCount(0);
  await look("up-to-done");
});
