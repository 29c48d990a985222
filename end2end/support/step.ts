// What a person does on a step's page, and what they see there.

import { expect, type Page } from "@playwright/test";

const SETTLES_WITHIN_MS = 30_000;

export class StepPage {
  constructor(
    private readonly page: Page,
    readonly number: number,
  ) {}

  async open(way = "form"): Promise<void> {
    await this.page.goto(`/steps/${this.number}?way=${way}`);
  }

  /** Presses the check's button, and waits for an answer. */
  async check(): Promise<void> {
    await this.page.locator("#evidence").getByRole("button", { name: /^Check/ }).click();
    await expect(this.page.locator("#evidence table")).toBeVisible();
  }

  /** Sends the form as it is proposed. */
  async create(): Promise<void> {
    await this.page.locator("form.step-form").getByRole("button", { name: /^Create \d/ }).click();
    await expect(this.page.locator("#evidence table")).toBeVisible();
  }

  /** Says yes in the card that stands in for GitLab's page. */
  async authorize(): Promise<void> {
    await this.page.getByRole("button", { name: /^Authorize/ }).click();
  }

  /** What the whole check came to: `passed`, `wrong`, `not-yet` …, as the page's mark says. */
  async outcome(): Promise<string | null> {
    return this.page.locator("#evidence .headline").getAttribute("data-outcome");
  }

  /** Waits until the check has passed. The page goes there by itself, with JavaScript and without. */
  async passes(): Promise<void> {
    await expect(this.page.locator('#evidence .headline[data-outcome="passed"]')).toBeVisible({ timeout: SETTLES_WITHIN_MS });
  }

  /** The rows that did not pass, as `kind.setting`. */
  async misses(): Promise<string[]> {
    const rows = this.page.locator('#evidence tbody:not([data-outcome="passed"])');
    return rows.evaluateAll((found) => found.map((row) => row.getAttribute("data-finding") ?? ""));
  }
}
