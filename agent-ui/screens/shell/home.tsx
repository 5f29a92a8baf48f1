import { Navigate } from '@tanstack/react-router'
import { useUser } from '../../session.ts'
import { homeOf } from '../screen-table.ts'

/** `/` leads to the screen a role works on. */
export function Home() {
  return <Navigate to={homeOf(useUser().role).path} replace />
}
