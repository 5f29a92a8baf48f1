/** English texts of the page of background jobs. */
export const jobs = {
  jobs: {
    title: 'Background jobs',
    loops: 'Loops over what falls due',
    noLoops: 'There is no loop',
    recurring: 'Recurring jobs',
    noRecurring: 'There is no recurring job',
    setAside: 'Set aside',
    noSetAside: 'Nothing was set aside',
    setAsideHint: 'The server tried several times and could not do these; a person has to look.',
    name: 'Job',
    state: 'State',
    cron: 'Schedule',
    lastRun: 'Last run',
    nextRun: 'Next run',
    lastError: 'Last error',
    at: 'At',
    kind: 'Kind',
    subject: 'Subject',
    reason: 'Reason',
  },
  jobState: {
    running: 'Running',
    well: 'Working',
    failing: 'Failing',
    stopped: 'Stopped',
    not_yet: 'Not run yet',
  },
  jobName: {
    promises: 'Callbacks',
    'owed tickets': 'Owed tickets',
    'pops of calls that are over': 'Pops of calls that are over',
  },
  setAsideKind: {
    owed_ticket: 'Owed ticket',
    call_event: 'PBX event',
  },
}
