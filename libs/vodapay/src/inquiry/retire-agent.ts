import type { Agent } from 'node:http';

/** Keeps no connection from now on: those in use close after their answer. */
export function retireAgent(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
}
