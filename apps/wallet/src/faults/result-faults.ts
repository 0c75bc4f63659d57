import { makeResult } from '../protocol/result.js';
import { RESULT_CODES, type ResultCode } from '../protocol/result-codes.js';
import { ANY_CALL, type Fault, type FaultTable } from './fault.js';

export const RESULT_FAULTS: FaultTable = {
  U: { ...resultFault('UNKNOWN_EXCEPTION'), says: 'UNKNOWN_EXCEPTION; the work was done' },
  traffic: { ...resultFault('REQUEST_TRAFFIC_EXCEED_LIMIT'), says: 'Over the traffic limit' },
  'unseen-F': oddResult('A code of no table, status F', 'NEVER_SEEN_BEFORE', 'F'),
  'unseen-U': oddResult('A code of no table, status U', 'NEVER_SEEN_BEFORE', 'U'),
  'success-but-F': oddResult('resultCode SUCCESS under status F', 'SUCCESS', 'F'),
  'status-A': {
    says: 'resultStatus A, which exists for payments only',
    calls: ANY_CALL,
    carriesOut: true,
    payload: (payload) => ({ ...payload, result: { ...payload.result, resultStatus: 'A' } }),
  },
  ...Object.fromEntries(
    (Object.keys(RESULT_CODES) as ResultCode[])
      .filter((code) => code !== 'SUCCESS')
      .map((code) => [code, resultFault(code)]),
  ),
};

function resultFault(code: ResultCode): Fault {
  const { status, calls } = RESULT_CODES[code];
  return {
    says: `${code}, signed`,
    calls,
    // After "failed for unknown reasons" the code may be used up: here it always is. The other codes refuse the work.
    carriesOut: code === 'UNKNOWN_EXCEPTION' && status === 'U',
    payload: () => ({ result: makeResult(code) }),
  };
}

function oddResult(says: string, resultCode: string, resultStatus: 'F' | 'U'): Fault {
  const result = { resultCode, resultStatus, resultMessage: 'A result of no table.' };
  return { says, calls: ANY_CALL, carriesOut: false, payload: () => ({ result }) };
}
