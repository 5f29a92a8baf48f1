import { useMediaQuery } from '@mantine/hooks'

/** Telephones: the width at which the frame itself becomes one column, and lists become cards. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
}
