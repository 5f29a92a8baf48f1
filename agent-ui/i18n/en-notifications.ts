/** English texts of what a person is told. */
export const notificationTexts = {
  notifications: {
    title: 'Notifications',
    open: 'Notifications, {{count}} unread',
    empty: 'Nothing unread',
    readAll: 'Mark all as read',
    read: 'Read',
    waiting: '{{count}} more to show',
    kind: {
      clock_alarm: 'Deadline alarm',
      team_work: 'New work of the team',
      ticket_assigned: 'A ticket was assigned to you',
      outage_offered: 'Possible area outage',
      promise_given: 'A promised callback is yours now',
      promise_at_risk: 'A promise is due soon and its owner is not there',
      member_steered: 'A supervisor changed your state',
    },
    outage: '{{name}}: {{callers}} customers called within minutes',
    promiseDue: 'Due at {{time}}',
    openOutage: 'See and declare the outage',
    steered: {
      paused: '{{by}} paused you',
      ready: '{{by}} put you back on calls',
      offline: '{{by}} took you out of the queue {{queue}}',
    },
    alarm: {
      minutes_10: '10 minutes left',
      minutes_5: '5 minutes left',
      half: '50 % of the time is over',
      most: '80 % of the time is over',
      due: 'due now',
      management: '24 hours late, for management',
    },
  },
}
