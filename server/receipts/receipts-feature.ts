import { receiptRoutes } from './receipt-routes.ts'
import { createReceiptService, type ReceiptDeps } from './receipt-service.ts'

/** Papers for customers. */
export function createReceipts(deps: ReceiptDeps) {
  const service = createReceiptService(deps)
  return { service, routes: receiptRoutes(service) }
}
