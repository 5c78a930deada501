import type { Ports } from '../../core/ports/context.ts';
import { makeApplyApproval, makeAskFinance, makeAskIndustry } from '../../core/usecases/year-end/approve.ts';
import { makeCloseYear, makeOpenNextYear } from '../../core/usecases/year-end/close.ts';
import { MOVING_SIZES, makeEndReservations, makeMoveVouchers } from '../../core/usecases/year-end/move.ts';
import { makeSurveyLastYear } from '../../core/usecases/year-end/request.ts';
import { makeReportYearEnd, makeSurveyVouchers } from '../../core/usecases/year-end/survey.ts';
import { yearEndSteps as contracts, surveyLastYear } from '../../statemachines/year-end.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `year-end`. */
export function yearEndSteps(ports: Ports, sizes = MOVING_SIZES): Readonly<Record<keyof typeof contracts, Step>> {
  const of = <K extends keyof typeof contracts>(name: K) => contracts[name];
  return {
    'survey-vouchers': defineStep(of('survey-vouchers').input, of('survey-vouchers').output, makeSurveyVouchers(ports)),
    'report-year-end': defineStep(of('report-year-end').input, of('report-year-end').output, makeReportYearEnd(ports)),
    'ask-industry': defineStep(of('ask-industry').input, of('ask-industry').output, makeAskIndustry(ports)),
    'ask-finance': defineStep(of('ask-finance').input, of('ask-finance').output, makeAskFinance(ports)),
    'apply-approval': defineStep(of('apply-approval').input, of('apply-approval').output, makeApplyApproval(ports)),
    'end-reservations': defineStep(
      of('end-reservations').input,
      of('end-reservations').output,
      makeEndReservations(ports),
    ),
    'move-vouchers': defineStep(of('move-vouchers').input, of('move-vouchers').output, makeMoveVouchers(ports, sizes)),
    'close-year': defineStep(of('close-year').input, of('close-year').output, makeCloseYear(ports)),
    'open-next-year': defineStep(of('open-next-year').input, of('open-next-year').output, makeOpenNextYear(ports)),
  };
}

/** What the schedule calls. */
export const scheduledSteps = (ports: Ports): Readonly<Record<'survey-last-year', Step>> => ({
  'survey-last-year': defineStep(surveyLastYear.input, surveyLastYear.output, makeSurveyLastYear(ports)),
});
