import type { Page } from 'playwright-core';

/** How many nodes of each role there are in the browser's own accessibility tree, which knows the style sheet. */
export async function axTree(page: Page, roles: readonly string[]): Promise<Record<string, number>> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const count = (role: string) => nodes.filter(node => !node.ignored && node.role?.value === role).length;
  return Object.fromEntries(roles.map(role => [role, count(role)]));
}
