import {
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { CrashPage, NotFoundPage } from './components/message-page.tsx'
import { DeskScreen } from './screens/desk/desk-screen.tsx'
import { Home } from './screens/shell/home.tsx'
import { Shell } from './screens/shell/shell.tsx'
import { SignInScreen } from './screens/sign-in/sign-in-screen.tsx'
import { laterTexts } from './i18n/setup.ts'
import { SCREENS } from './screens/screen-table.ts'
import type { ScreenFacts } from './screens/screen-table.ts'
import { sortSearch, wordsSearch } from './state/list-sort.ts'
import { boardSearch } from './state/board.ts'
import { alarmSearch } from './state/alarms.ts'
import { auditSearch } from './state/audit-search.ts'
import { callSearch } from './state/call-search.ts'
import { nocSearch } from './state/noc-board.ts'
import { outageSearch } from './state/outage-entry.ts'
import { promiseSearch } from './state/promise-search.ts'
import { workSearch } from './state/team-work.ts'
import { ticketSearch } from './state/ticket-search.ts'

/** A screen that comes over the network when somebody goes there, with the texts that it may have. */
function later<M extends Record<string, unknown>, K extends keyof M & string>(
  load: () => Promise<M>,
  name: K,
) {
  const loadBoth = async () => {
    const [screen] = await Promise.all([load(), laterTexts()])
    return screen
  }
  return lazyRouteComponent(loadBoth, name)
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInScreen,
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: Home,
})

const desk = createRoute({
  getParentRoute: () => shell,
  path: '/desk',
  staticData: { screen: SCREENS.desk },
  component: DeskScreen,
})

const work = createRoute({
  getParentRoute: () => shell,
  path: '/work',
  staticData: { screen: SCREENS.work },
  component: later(() => import('./screens/work/work-screen.tsx'), 'WorkScreen'),
  validateSearch: workSearch,
})

const field = createRoute({
  getParentRoute: () => shell,
  path: '/field',
  staticData: { screen: SCREENS.field },
  component: later(() => import('./screens/field/field-screen.tsx'), 'FieldScreen'),
})

const noc = createRoute({
  getParentRoute: () => shell,
  path: '/noc',
  staticData: { screen: SCREENS.noc },
  component: later(() => import('./screens/noc/noc-screen.tsx'), 'NocScreen'),
  validateSearch: nocSearch,
})

const tickets = createRoute({
  getParentRoute: () => shell,
  path: '/tickets',
  staticData: { screen: SCREENS.tickets },
  component: later(() => import('./screens/tickets/tickets-screen.tsx'), 'TicketsScreen'),
  validateSearch: ticketSearch,
})

const ticket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$ticketId',
  staticData: { screen: SCREENS.tickets },
  component: later(() => import('./screens/tickets/ticket-screen.tsx'), 'TicketScreen'),
})

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  staticData: { screen: SCREENS.customers },
  component: later(() => import('./screens/customers/customers-screen.tsx'), 'CustomersScreen'),
  validateSearch: wordsSearch,
})

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$customerId',
  staticData: { screen: SCREENS.customers },
  component: later(() => import('./screens/customers/customer-screen.tsx'), 'CustomerScreen'),
})

const customerImport = createRoute({
  getParentRoute: () => shell,
  path: '/customers/import',
  staticData: { screen: SCREENS.customerImport },
  component: later(() => import('./screens/customers/import-screen.tsx'), 'ImportScreen'),
})

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  staticData: { screen: SCREENS.calls },
  component: later(() => import('./screens/calls/calls-screen.tsx'), 'CallsScreen'),
  validateSearch: callSearch,
})

const call = createRoute({
  getParentRoute: () => shell,
  path: '/calls/$callId',
  staticData: { screen: SCREENS.calls },
  component: later(() => import('./screens/calls/call-screen.tsx'), 'CallScreen'),
})

const promises = createRoute({
  getParentRoute: () => shell,
  path: '/promises',
  staticData: { screen: SCREENS.promises },
  component: later(() => import('./screens/promises/promises-screen.tsx'), 'PromisesScreen'),
  validateSearch: promiseSearch,
})

const outages = createRoute({
  getParentRoute: () => shell,
  path: '/outages',
  staticData: { screen: SCREENS.outages },
  component: later(() => import('./screens/outages/outages-screen.tsx'), 'OutagesScreen'),
  validateSearch: outageSearch,
})

const outage = createRoute({
  getParentRoute: () => shell,
  path: '/outages/$ticketId',
  staticData: { screen: SCREENS.outages },
  component: later(() => import('./screens/outages/outage-screen.tsx'), 'OutageScreen'),
})

const missed = createRoute({
  getParentRoute: () => shell,
  path: '/missed',
  staticData: { screen: SCREENS.missed },
  component: later(() => import('./screens/missed/missed-screen.tsx'), 'MissedScreen'),
})

const queues = createRoute({
  getParentRoute: () => shell,
  path: '/queues',
  validateSearch: boardSearch,
  staticData: { screen: SCREENS.queues },
  component: later(() => import('./screens/queues/queues-screen.tsx'), 'QueuesScreen'),
})

const shift = createRoute({
  getParentRoute: () => shell,
  path: '/shift',
  staticData: { screen: SCREENS.shift },
  component: later(() => import('./screens/shift/shift-screen.tsx'), 'ShiftScreen'),
})

const staff = createRoute({
  getParentRoute: () => shell,
  path: '/staff',
  staticData: { screen: SCREENS.staff },
  component: later(() => import('./screens/staff/staff-screen.tsx'), 'StaffScreen'),
  validateSearch: sortSearch,
})

const teams = createRoute({
  getParentRoute: () => shell,
  path: '/teams',
  staticData: { screen: SCREENS.teams },
  component: later(() => import('./screens/teams/teams-screen.tsx'), 'TeamsScreen'),
})

const textModules = createRoute({
  getParentRoute: () => shell,
  path: '/text-modules',
  staticData: { screen: SCREENS.textModules },
  component: later(
    () => import('./screens/text-modules/text-modules-screen.tsx'),
    'TextModulesScreen',
  ),
})

const checklists = createRoute({
  getParentRoute: () => shell,
  path: '/checklists',
  staticData: { screen: SCREENS.checklists },
  component: later(() => import('./screens/checklists/checklists-screen.tsx'), 'ChecklistsScreen'),
})

const calendar = createRoute({
  getParentRoute: () => shell,
  path: '/calendar',
  staticData: { screen: SCREENS.calendar },
  component: later(() => import('./screens/calendar/calendar-screen.tsx'), 'CalendarScreen'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  staticData: { screen: SCREENS.settings },
  component: later(() => import('./screens/settings/settings-screen.tsx'), 'SettingsScreen'),
})

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  staticData: { screen: SCREENS.audit },
  component: later(() => import('./screens/audit/audit-screen.tsx'), 'AuditScreen'),
  validateSearch: auditSearch,
})

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  staticData: { screen: SCREENS.jobs },
  component: later(() => import('./screens/jobs/jobs-screen.tsx'), 'JobsScreen'),
})

const alarms = createRoute({
  getParentRoute: () => shell,
  path: '/alarms',
  staticData: { screen: SCREENS.alarms },
  component: later(() => import('./screens/alarms/alarms-screen.tsx'), 'AlarmsScreen'),
  validateSearch: alarmSearch,
})

const wallDevices = createRoute({
  getParentRoute: () => shell,
  path: '/wall-devices',
  staticData: { screen: SCREENS.wallDevices },
  component: later(
    () => import('./screens/wall-devices/wall-devices-screen.tsx'),
    'WallDevicesScreen',
  ),
})

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: later(() => import('./screens/wall/wall-screen.tsx'), 'WallScreen'),
})

const receipt = createRoute({
  getParentRoute: () => root,
  path: '/receipt/$ticketId',
  component: later(() => import('./screens/receipt/receipt-screen.tsx'), 'ReceiptScreen'),
})

const handover = createRoute({
  getParentRoute: () => root,
  path: '/handover/$handoverId',
  component: later(() => import('./screens/shift/handover-screen.tsx'), 'HandoverScreen'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    receipt,
    handover,
    wall,
    shell.addChildren([
      home,
      desk,
      field,
      work,
      noc,
      tickets,
      ticket,
      customers,
      customer,
      customerImport,
      calls,
      call,
      promises,
      outages,
      outage,
      missed,
      queues,
      shift,
      staff,
      teams,
      textModules,
      checklists,
      calendar,
      settings,
      alarms,
      wallDevices,
      audit,
      jobs,
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // a list is found where it was left, by whichever way; everything else begins at its top
  getScrollRestorationKey: ({ pathname, href, state }) =>
    // oxlint-disable-next-line no-underscore-dangle -- the router's own name
    pathname === SCREENS.tickets.path ? href : (state.__TSR_key ?? href),
  scrollToTopSelectors: ['#content'],
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** The screen that this route shows or belongs to. */
    screen?: ScreenFacts
  }
}
