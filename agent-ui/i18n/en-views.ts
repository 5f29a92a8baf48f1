import type { viewTexts as vi } from './vi-views.ts'

/** English texts of filters that are kept under a name, and of queues as agents see them. */
export const viewTexts: typeof vi = {
  savedViews: {
    title: 'Saved views',
    save: 'Save view',
    next: 'Next saved view',
    edit: 'Edit view {{name}}',
    name: 'Name of the view',
    seenBy: 'Who sees this view',
    mineAlone: 'Only me',
    everybodyOf: 'Everybody in {{team}}',
    sharedBy: 'Shared by {{name}}',
    replaces: 'View {{name}} takes the filters chosen now.',
    remove: 'Delete view',
    saved: 'View {{name}} is saved',
    removed: 'View {{name}} is deleted',
  },
  queueBrief: {
    title: 'Queue',
    waiting: 'waiting',
    longest: 'longest',
    free: '{{free}}/{{members}} ready',
  },
  myDay: {
    title: 'My day',
    taken: 'Calls answered',
    takenHint: 'Customers’ calls that I answered today and that are over; callbacks are none.',
    handling: 'Average handling',
    handlingHint: '(Talk + hold + wrap-up) ÷ calls that are over, callbacks included.',
    talk: 'Talk',
    talkHint: 'End − start − hold of calls that are over, callbacks included.',
    occupancy: 'Occupancy',
    occupancyHint:
      '(Talk + hold + wrap-up, callbacks included) ÷ (signed in − paused). None while the calls took longer than that.',
    promises: 'Promises kept',
    promisesHint:
      'First attempt at most 60 s after its moment ÷ all of my promises of today that came due.',
    of: '{{kept}}/{{all}}',
  },
  rail: { owed: 'Callbacks: {{count}}' },
}
