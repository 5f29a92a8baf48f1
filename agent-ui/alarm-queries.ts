import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AlarmSearch } from './state/alarms.ts'
import { alarmsApi } from './alarms-api.ts'

const KEY = 'alarms'
/** What is told by socket is also asked for, in case it was missed. */
const LOOK_EVERY_MS = 30_000

/** Reads about alarms, for `queries`. */
export const alarmQueries = {
  openAlarms: () =>
    queryOptions({
      queryKey: [KEY, 'open'],
      queryFn: alarmsApi.openAlarms,
      refetchInterval: LOOK_EVERY_MS,
    }),
  alarmLog: (search: AlarmSearch) =>
    infiniteQueryOptions({
      queryKey: [KEY, 'log', search],
      queryFn: ({ pageParam }) => alarmsApi.alarmLog({ ...search, limit: 50, cursor: pageParam }),
      initialPageParam: '',
      getNextPageParam: (page) => page.nextCursor,
    }),
  alarmRules: () => queryOptions({ queryKey: [KEY, 'rules'], queryFn: alarmsApi.alarmRules }),
  alarmWebhook: () => queryOptions({ queryKey: [KEY, 'webhook'], queryFn: alarmsApi.alarmWebhook }),
}
