// A power cut in the middle: progress and account are as they were.

import { StepPage } from "../support/step";
import { expect, test } from "../support/test";

// Slow enough to be caught in the middle of a cluster's creation, quick enough to wait for its end.
test.use({ speed: 200 });

test("killed while the database is being created", async ({ page, greenlight }) => {
  test.setTimeout(120_000);
  const roles = new StepPage(page, 2);
  await roles.open();
  await roles.create();
  await roles.passes();

  const database = new StepPage(page, 3);
  await database.open();
  await database.create();
  expect(await database.outcome(), "the cluster takes a while").toBe("not-yet");

  // Away from the page first: its event stream would rightly complain about the cut.
  await page.goto("about:blank");
  await greenlight.kill();
  await greenlight.resume();

  await roles.open();
  expect(await roles.outcome(), "progress is kept").toBe("passed");
  await roles.check();
  expect(await roles.outcome(), "the account is kept").toBe("passed");
  await database.open();
  await database.passes();
});
