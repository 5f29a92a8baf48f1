import { type RequestHandler, Router } from 'express'
import helmet from 'helmet'

/**
 * Headers that keep the pages ours: scripts only from here (Mantine writes inline styles), no
 * framing, the microphone and the PBX's WebSocket for the browser phone. What needs TLS is sent only behind TLS.
 */
export function securityHeaders(publicUrl: string, phoneUrl: string | null): RequestHandler {
  const isSecure = publicUrl.startsWith('https:')
  const router = Router()
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: policy(publicUrl, isSecure, phoneUrl),
      },
      strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
      crossOriginOpenerPolicy: isSecure,
      originAgentCluster: false,
      xFrameOptions: { action: 'deny' },
      // they speak to Internet Explorer, to Flash and of addresses that no page of ours names
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xDnsPrefetchControl: false,
    }),
  )
  router.use((_request, response, next) => {
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(self)')
    next()
  })
  return router
}

function policy(
  publicUrl: string,
  isSecure: boolean,
  phoneUrl: string | null,
): Record<string, string[]> {
  // a path that stands here is compared to the letter
  const phone = phoneUrl === null ? [] : [new URL(phoneUrl).origin]
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'", 'blob:'],
    'connect-src': ["'self'", publicUrl.replace(/^http/, 'ws'), ...phone],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    ...(isSecure ? { 'upgrade-insecure-requests': [] } : {}),
  }
}
