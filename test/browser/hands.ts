/** What is on the phone room's page, and what one does there. */
import type { Page } from 'playwright-core';

export const phone = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const numberB = (page: Page) => page.getByRole('region', { name: 'Number B' });
export const raise = (page: Page) => button(page, 'Raise the alert').click();
export const headline = (page: Page, words: string) =>
  page.locator('#now .headline', { hasText: words }).waitFor();
