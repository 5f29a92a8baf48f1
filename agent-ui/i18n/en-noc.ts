/** English texts of the board of NOC. */
export const nocTexts = {
  noc: {
    title: 'NOC board',
    lane: {
      queued: 'To take',
      diagnosing: 'Diagnosing',
      core: 'Fixing in the core',
      field: 'With field staff',
      verifying: 'To verify',
    },
    laneEmpty: 'No ticket',
    beyond_one: 'and {{count}} more',
    beyond: 'and {{count}} more',
    empty: 'NOC has no ticket left',
    emptyText: 'What customer care hands over is shown here at once.',
    isOutage: 'Area outage',
    noArea: 'Area unknown',
    notNow: 'This step is no longer possible: the ticket has moved on, or somebody else has it.',
    areas: 'Areas with several tickets',
    allAreas: 'All areas',
    area_one: '{{area}} · {{count}} ticket',
    area: '{{area}} · {{count}} tickets',
    many: 'Looks like an outage',
    declare: 'Declare an outage',
    declareFor: 'Declare an outage in {{area}}',
    known: 'Outage {{code}}',
  },
} as const
