import { setTimeout as delay } from 'node:timers/promises'

/** Does one thing after the other, none before its time, counted from `startedAt` (epoch milliseconds). */
export async function inTime<Item extends { readonly atMs: number }>(
  items: readonly Item[],
  startedAt: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  for (const item of items) {
    await delay(Math.max(0, startedAt + item.atMs - Date.now()))
    await act(item)
  }
}
