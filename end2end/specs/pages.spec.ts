// Every page as someone sees it who has just arrived.

import { expect, test } from "../support/test";

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const WAYS = ["form", "cli", "console"];

test("the address alone leads to the first page", async ({ page, look }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/start$/);
  await look("first");
});

test("the overview shows the map before anything stands", async ({ page, visit }) => {
  await visit("/overview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing stands yet");
});

test("the pre-flight says where to begin before anything stands", async ({ page, visit }) => {
  await visit("/pre-flight");
  await expect(page.getByRole("link", { name: /^First finish step 1:/ })).toBeVisible();
});

for (const step of STEPS) {
  test(`step ${step} can be read, each of its three ways`, async ({ page, visit }) => {
    for (const way of WAYS) {
      await visit(`/steps/${step}?way=${way}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      // The text is filled in: nothing of the template is left on the page.
      await expect(page.locator("main")).not.toContainText("{{");
    }
  });
}

test("an address that leads nowhere says so", async ({ page, complaints }) => {
  const answer = await page.goto("/steps/99");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // The browser itself notes the 404.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});
