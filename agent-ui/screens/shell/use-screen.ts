import { useMatches } from '@tanstack/react-router'

/** What the route in front says of itself; null where it says nothing. */
export function useScreen() {
  return useMatches().findLast(({ staticData }) => staticData.screen)?.staticData.screen ?? null
}
