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
  rail: { owed: 'Callbacks: {{count}}' },
}
