#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_FILL_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_FILL_H_

#include "services/document/domain/subject_facts.h"
#include "services/document/model/expand.h"
#include "staraction/declaration/v1/certificate.pb.h"
#include "staraction/training/v1/certificate.pb.h"

// What templates of each kind may name. All of it is always there, be it empty. Every kind has
//   client.name, client.trade_name, client.postal_code, client.address,
//   client.representative (title and name), client.representative_title, client.representative_name
//   organization.name; engagement.start_date, engagement.due_date, engagement.star
//   document.date, document.number (of the revision)
//   document.title: what stands on top instead of the template's title, if not empty
//   document.establish_date: of the first approval of an earlier revision; empty: there is none
//   approval.…: empty in the content, filled when pages are made (domain/life.h)
//   set.…: values of the template's variables (domain/decide.h)
// Dates are 2026年10月1日, short ones 2026/10/1.
namespace staraction::document::domain {

void FillCommon(const SubjectFacts& facts, TemplateData& data);

// Quote; amounts in yen without unit, "165,000":
//   quote.number, .issue_date (both empty before issue), .valid_until, .subject, .months,
//   .headcount, .price, .tax, .total, .tax_note, .remarks, .uncertainty quote.recipient,
//   .recipient_person, .issuer (several lines) list line: label, quantity, unit_price, amount,
//   tax_percent;  list tax: percent, taxable, tax list scope: text
void FillQuote(const SubjectFacts& facts, TemplateData& data);

// Visit report, before the visit its announcement:
//   visit.held ("1"), .number ("第2回"), .title, .date, .time, .place (and means),
//   .client_people, .our_people, .next_date, .offering, .has_minutes ("1"); prose visit.minutes
//   form.code, form.code_text
//   list agenda: text;  list decision: text, person ("（濵﨑）");  list homework: title, owner,
//   due_day list confirmation: person, date, note
void FillVisitReport(const SubjectFacts& facts, TemplateData& data);

// Pledge sheets:
//   pledge.title, pledge.digest (its first 16 digits), pledge.due_date; rules.title
//   prose pledge.body; list rule: title
//   member.name, member.department, member.staff_number, form.code (of the QR code),
//   form.code_text: only on a member's own sheet
void FillPledgeSheet(const SubjectFacts& facts, TemplateData& data);
void FillPresidentPledgeSheet(const SubjectFacts& facts, TemplateData& data);
FieldValues PledgeSheetFields(const declaration::v1::Campaign& campaign,
                              const declaration::v1::Pledge& pledge);

// Certificate of a pledge, all of it on a member's own sheet only; values exactly as they were
// sealed:
//   list sealed (in the order of the seal): label, value, meaning
//   seal.value (in groups), seal.version, seal.note, seal.issue_date
void FillPledgeCertificate(const SubjectFacts& facts, TemplateData& data);
FieldValues PledgeCertificateFields(const declaration::v1::PledgeCertificate& certificate);

// Declaration sheet:
//   declaration.procedure, .entry_system, .star, .gbiz_id, .acknowledgement, .missing_count
//   rules.title; list rule: title
//   list entry (fields in the order of the screens): label, value (empty: missing), entered_by,
//     enter_day
//   list note (what to watch at a field): label, text
//   list uncertainty: text;  list step: side, text
void FillDeclarationSheet(const SubjectFacts& facts, TemplateData& data);

// Certificate of completed training, all of it on a member's own sheet only:
//   certificate.number, .name, .company, .course, .edition, .attend_date, .test_date,
//   .complete_date, .score (band or percent), .issuer, .issue_date
void FillTrainingCertificate(const SubjectFacts& facts, TemplateData& data);
FieldValues TrainingCertificateFields(const training::v1::CompletionCertificate& certificate);

// Rulebook and poster:
//   rulebook.version ("第3版"; empty: nothing is approved), .effective_date, .approve_date,
//   .approver, .note, .rule_count, .unpublished (what has changed since; empty: nothing),
//   .contact (who is told of incidents)
//   list section: number, title, heading (both);  list section.entry: text, short_text, day (short,
//   of its text)
void FillRulebook(const SubjectFacts& facts, TemplateData& data);

// List to be signed:
//   session.title, .course, .date, .time ("14:00〜15:30"), .place; form.code, form.code_text
//   list attendee: number, name, department, staff_number;  list spare: number
void FillAttendanceList(const SubjectFacts& facts, TemplateData& data);

// Test on paper:
//   test.title, test.kind, test.course, test.pass_percent; form.code, form.code_text
//   list variant: code, question_count;  list variant.question: number, text
//   list variant.question.choice: mark ("ア"), text
void FillTestSheet(const SubjectFacts& facts, TemplateData& data);

// Effect report; numbers without unit, empty: not known:
//   effect.training, effect.pledges ("26人／28人（92.9％）"); .before, .after, .gain,
//   .before_count, .after_count, .hidden ("1": scores are left out, too few people)
//   effect.gaps_found, .gaps_closed, .gaps_open, .rules, .measures_decided
//   effect.compared ("1": two checks were compared)
//   list topic (with scores): title, before, after
//   list gap (by rule, of compared checks): title, before, closed, opened, remaining
void FillEffectReport(const SubjectFacts& facts, TemplateData& data);

// Who has not handed in what, by department, and a slip for each who has an address:
//   outstanding.count; .without_link (how many have no link), .without_address (how many have one,
//   but the organization names no page for it), .incomplete ("1": a service did not answer): empty
//   if there is nothing to say
//   list department: name, count;  list department.member: name, items (a line each), last_day
//   list slip: name, department, url, code_text;  list slip.item: label
void FillOutstandingList(const SubjectFacts& facts, TemplateData& data);

// Basic policy, regulations, forms:
//   client.business, .website; facts.employs, facts.develops ("1" or empty)
//   practice.{code}, e.g. practice.TELEWORK ("1" or empty): only if the company said how it works
//   role.{code}, e.g. role.SECURITY_MANAGER: names of those who hold it; only of held roles
//   list role (held ones): label, name
void FillCompany(const SubjectFacts& facts, TemplateData& data);

// Twelve months from the first planned activity on, as the company has planned them, else from this
// month on, as the content's calendar says:
//   calendar.period, .month_1 ("10月") to .month_12
//   list activity: title, purpose, evidence, role (or who does it), done (days on which it was
//   done), month_1 ("●": due, "済": done, "－": skipped, or empty) to month_12
inline constexpr int kCalendarMonths = 12;
void FillYearCalendar(const SubjectFacts& facts, TemplateData& data);

// Report on a self-diagnosis; numbers without unit, empty: not known:
//   score.total, .maximum, .band, .band_meaning, .answered, .not_used_points, .before, .change;
//   diagnosis.edition, .date; advice.first_points, .all_points, .order_note
//   peers.companies, .mean, .deviation_score, .size, .note (why there is no comparison)
//   list part: title, points, maximum, percent, before (percent of the diagnosis before)
//   list axis (chapters of the regulations, else parts): title, percent, before
//   list item: number, part, question, answer, points, gap ("1")
//   lists first, rest (advice): number, question, answer, measure, why, how, points ("+4")
//   list survey: number, question, percent, own, source
//   list disagreement: number, question, voices (lines), decided, reason
//   list contradiction: number, question, text
void FillDiagnosisReport(const SubjectFacts& facts, TemplateData& data);

// Self-diagnosis on paper:
//   sheet.title, .instruction, .edition, .name (whose it is); form.code, form.code_text (of an
//   answer sheet) list group (parts): title;  list group.item: number, question, choices ("□ …　□
//   …")
void FillDiagnosisSheet(const SubjectFacts& facts, TemplateData& data);

// Ledger as it was frozen:
//   ledger.date, .edition, .entries, .personal, .note;  list importance: value, entries
//   list entry: number, business, name, note, users, department, medium, flags (lines), persons,
//   confidentiality, integrity, availability, importance, raised ("※"), retention, backup,
//   register_date, review_date
void FillAssetLedger(const SubjectFacts& facts, TemplateData& data);

// Report on risks; levels 0 (none) to 4 (darkest):
//   risk.date, .edition, .assets, .scenarios, .sum, .sum_before, .lower, .higher (assets, against
//   the base), .note, .unconfirmed (states that nobody confirmed; empty: none), .compared ("1")
//   list likelihood: title;  list matrix (by importance): title;  list matrix.cell: text, level
//   list band: title, assets, scenarios, sheet_assets, before;  list band_column: title
//   lists medium, stage, department, threat: title, max; lists ….cell (by band): text, level
//   list top: number, asset, department, medium, stage, threat, value, band, persons, reason
//   list treatment: title, strategy, state, note, before, after, accepted
void FillRiskReport(const SubjectFacts& facts, TemplateData& data);

// Texts that announce a declaration:
//   list draft: title; prose draft.body;  list draft.note (what to watch): text
void FillAnnouncement(const SubjectFacts& facts, TemplateData& data);

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_FILL_H_
