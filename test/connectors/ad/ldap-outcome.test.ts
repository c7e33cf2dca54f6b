import {
  AlreadyExistsError,
  BusyError,
  ConstraintViolationError,
  InsufficientAccessError,
  OperationsError,
  UnknownStatusCodeError,
  UnwillingToPerformError,
} from 'ldapts';
import { describe, expect, it } from 'vitest';
import { toGatehouseError, toOutcome } from '../../../shared/connectors/ad/ldap-outcome.ts';
import { NotSent } from '../../../shared/connectors/http/not-sent.ts';

// Diagnostics as Active Directory writes them (reference cases that Samba does not produce).
describe('what Active Directory answers', () => {
  it.each([
    [new AlreadyExistsError('00000524: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0\n\0'), 'target-conflict', '00000524'],
    [
      new UnwillingToPerformError('0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\0'),
      'target-refused',
      '0000052D',
    ],
    [new ConstraintViolationError('000021C8: AtrErr: DSID-03200EF0, #1:\n'), 'target-refused', '000021C8'],
    [
      new InsufficientAccessError('00000005: SecErr: DSID-03152857, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0'),
      'target-forbidden',
      '00000005',
    ],
  ])('is refused under the directory’s own code', (error, code, systemCode) => {
    expect(toOutcome(error)).toMatchObject({ is: 'refused', problem: { code, systemCode } });
    expect(JSON.stringify(toOutcome(error))).not.toContain('\\u0000');
  });

  it('is asked again later when the directory is busy or could not be reached', () => {
    expect(toOutcome(new BusyError())).toMatchObject({ is: 'later' });
    expect(toOutcome(new NotSent('no connection'))).toMatchObject({ is: 'later', problem: { code: 'target-unreachable' } });
  });

  it('says in words what an administrator can do about it, beside the directory’s own', () => {
    const refused = toOutcome(new UnwillingToPerformError('0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\0'));
    expect(refused.problem.message).toBe(
      'Active Directory answered 53: The password does not meet the domain’s policy: length, complexity, history or age. 0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
    );
  });

  it('that the object is in another domain is said, not followed', () => {
    const referred = new UnknownStatusCodeError(
      10,
      "0000202B: RefErr: DSID-0310078A, data 0, 1 access points\n\tref 1: 'other.example'\n\0",
    );
    expect(toOutcome(referred)).toMatchObject({
      is: 'refused',
      problem: { systemCode: '0000202B', message: expect.stringContaining('another domain') },
    });
  });

  it('is asked again later when the connection turns out not to be signed in, and is lost when the server does not know itself', () => {
    const anonymous =
      '000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0';
    expect(toOutcome(new OperationsError(anonymous))).toMatchObject({ is: 'later', problem: { systemCode: '000004DC' } });
    expect(toOutcome(new OperationsError('out of memory'))).toMatchObject({ is: 'lost', problem: { systemCode: 'LDAP 1' } });
  });

  it('is lost when no answer came, since a timed-out add may have landed', () => {
    expect(toOutcome(new Error('AddRequest: Operation timed out'))).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect(toGatehouseError(new Error('SearchRequest: Operation timed out')).code).toBe('target-unreachable');
  });
});
