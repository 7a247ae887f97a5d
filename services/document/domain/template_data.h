#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_TEMPLATE_DATA_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_TEMPLATE_DATA_H_

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "services/document/model/expand.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/document/v1/document_kind.pb.h"
#include "staraction/engagement/v1/client.pb.h"

namespace staraction::document::domain {

// What the other services know about a document's subject.
struct SubjectFacts {
  engagement::v1::Client client;
  // Of pledge sheets; else empty.
  declaration::v1::Campaign campaign;
  std::string rule_list_title;
  // Of declaration sheets; else empty.
  declaration::v1::Declaration declaration;
  // Display names of the organization's users by name ("users/{user}").
  std::map<std::string, std::string> user_names;
  // The day on which the document is generated, Asia/Tokyo.
  absl::CivilDay today;
};

// What templates of a kind may name. All of it is always there, be it empty.
//
// All kinds:
//   client.name, client.trade_name, client.postal_code, client.address,
//   client.representative (title and name), client.representative_title, client.representative_name
//   document.date, document.number (of the revision); rules.title; list rule: title
// Pledge sheets:
//   pledge.title, pledge.digest (its first 16 digits), pledge.due_date; prose pledge.body
//   member.name, member.department, member.staff_number: only on a member's own sheet
// Declaration sheet:
//   declaration.procedure, .entry_system, .star, .gbiz_id, .acknowledgement, .missing_count
//   list entry (fields in the order of the screens): label, value (empty: missing), entered_by,
//     enter_day
//   list note (what to watch at a field): label, text
//   list uncertainty: text;  list step: side, text
TemplateData MakeTemplateData(v1::DocumentKind kind, const SubjectFacts& facts);

// The values of a member's own pledge sheet.
FieldValues MemberFields(const declaration::v1::Pledge& pledge);

// The text that this kind of pledge sheet sets.
const declaration::v1::PledgeText& PledgeTextOf(v1::DocumentKind kind,
                                                const declaration::v1::Campaign& campaign);

// Whether it is about a campaign (else about a declaration).
bool IsPledgeSheet(v1::DocumentKind kind);

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_TEMPLATE_DATA_H_
