import {
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { CrashPage, NotFoundPage } from './components/message-page.tsx'
import { SignInScreen } from './screens/sign-in/sign-in-screen.tsx'
import { ticketSearch } from './state/ticket-search.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInScreen,
  validateSearch: (search: Record<string, unknown>): { next?: string; expired?: boolean } => ({
    ...(typeof search.next === 'string' ? { next: search.next } : {}),
    ...(search.expired === true ? { expired: true } : {}),
  }),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./screens/shell/shell.tsx'), 'Shell'),
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/shell/home.tsx'), 'Home'),
})

const desk = createRoute({
  getParentRoute: () => shell,
  path: '/desk',
  component: lazyRouteComponent(() => import('./screens/desk/desk-screen.tsx'), 'DeskScreen'),
})

const tickets = createRoute({
  getParentRoute: () => shell,
  path: '/tickets',
  component: lazyRouteComponent(
    () => import('./screens/tickets/tickets-screen.tsx'),
    'TicketsScreen',
  ),
  validateSearch: ticketSearch,
})

const ticket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$ticketId',
  component: lazyRouteComponent(
    () => import('./screens/tickets/ticket-screen.tsx'),
    'TicketScreen',
  ),
})

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  component: lazyRouteComponent(() => import('./screens/calls/calls-screen.tsx'), 'CallsScreen'),
})

const call = createRoute({
  getParentRoute: () => shell,
  path: '/calls/$callId',
  component: lazyRouteComponent(() => import('./screens/calls/call-screen.tsx'), 'CallScreen'),
})

const queues = createRoute({
  getParentRoute: () => shell,
  path: '/queues',
  component: lazyRouteComponent(() => import('./screens/queues/queues-screen.tsx'), 'QueuesScreen'),
})

const staff = createRoute({
  getParentRoute: () => shell,
  path: '/staff',
  component: lazyRouteComponent(() => import('./screens/staff/staff-screen.tsx'), 'StaffScreen'),
})

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./screens/jobs/jobs-screen.tsx'), 'JobsScreen'),
})

const receipt = createRoute({
  getParentRoute: () => root,
  path: '/receipt/$ticketId',
  component: lazyRouteComponent(
    () => import('./screens/receipt/receipt-screen.tsx'),
    'ReceiptScreen',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    receipt,
    shell.addChildren([home, desk, tickets, ticket, calls, call, queues, staff, jobs]),
  ]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
