import { createWall, type WallDeps } from './wall/wall-feature.ts'

export type SupervisionRoomDeps = WallDeps

/** The rooms of those who look after the shift: the screens on the wall. */
export function buildSupervision(deps: SupervisionRoomDeps) {
  return { wall: createWall(deps) }
}
