import pino from 'pino'

export type Logger = pino.Logger
