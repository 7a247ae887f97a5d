#include "services/document/readers.h"

#include <algorithm>
#include <utility>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/reading.h"
#include "staraction/engagement/v1/client_service.pb.h"
#include "staraction/engagement/v1/engagement_service.pb.h"
#include "staraction/engagement/v1/organization_service.pb.h"

namespace staraction::document {
namespace {

using domain::Kind;
using domain::SubjectFacts;

// Which functions read a kind; null: it has nothing of that sort.
struct Reader {
  v1::DocumentKind kind;
  absl::Status (*read)(const Reading& reading, SubjectFacts& facts);
  absl::StatusOr<std::vector<MemberSheet>> (*sheets)(const Reading& reading,
                                                     const std::string& member) = nullptr;
};

constexpr Reader kReaders[] = {
    {v1::DOCUMENT_KIND_PLEDGE_SHEET, ReadCampaign, ReadPledgeSheets},
    {v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET, ReadCampaign, ReadPresidentPledgeSheets},
    {v1::DOCUMENT_KIND_DECLARATION_SHEET, ReadDeclaration},
    {v1::DOCUMENT_KIND_PLEDGE_CERTIFICATE, nullptr, ReadPledgeCertificates},
    {v1::DOCUMENT_KIND_QUOTE, ReadQuote},
    {v1::DOCUMENT_KIND_VISIT_REPORT, ReadVisit},
    {v1::DOCUMENT_KIND_TRAINING_CERTIFICATE, nullptr, ReadTrainingCertificates},
    {v1::DOCUMENT_KIND_RULEBOOK, ReadRulebook},
    {v1::DOCUMENT_KIND_RULE_POSTER, ReadRulebook},
    {v1::DOCUMENT_KIND_ATTENDANCE_LIST, ReadSession},
    {v1::DOCUMENT_KIND_TEST_SHEET, ReadPaperTest},
    {v1::DOCUMENT_KIND_EFFECT_REPORT, ReadEffect},
    {v1::DOCUMENT_KIND_OUTSTANDING_LIST, ReadOutstanding},
    {v1::DOCUMENT_KIND_ANNOUNCEMENT, ReadAnnouncement},
    {v1::DOCUMENT_KIND_BASIC_POLICY, ReadCompany},
    {v1::DOCUMENT_KIND_REGULATIONS, ReadCompany},
    {v1::DOCUMENT_KIND_OPERATION_FORM, ReadCompany},
    {v1::DOCUMENT_KIND_YEAR_CALENDAR, ReadYearCalendar},
    {v1::DOCUMENT_KIND_DIAGNOSIS_REPORT, ReadDiagnosisReport},
    {v1::DOCUMENT_KIND_DIAGNOSIS_SHEET, ReadDiagnosisSheet},
    {v1::DOCUMENT_KIND_ASSET_LEDGER, ReadAssetLedger},
    {v1::DOCUMENT_KIND_RISK_REPORT, ReadRiskReport},
};

const Reader* FindReader(v1::DocumentKind kind) {
  const auto* found = std::find_if(std::begin(kReaders), std::end(kReaders),
                                   [kind](const Reader& each) { return each.kind == kind; });
  return found == std::end(kReaders) ? nullptr : found;
}

absl::Status OtherClient() {
  return InvalidField("document.subject", "is of another client",
                      "別のお客様のものは指定できません");
}

// Who the document is for, by the subject's name; what peers let the caller see of another client
// must not come into this one's documents.
absl::Status ReadOwner(const Reading& reading, SubjectFacts& facts) {
  const std::string engagement = EngagementOf(reading.subject);
  if (!engagement.empty()) {
    SA_ASSIGN_OR_RETURN(
        facts.engagement,
        (reading.Get<engagement::v1::Engagement, engagement::v1::GetEngagementRequest>(
            engagement)));
    if (facts.engagement.client() != reading.call.client_name()) return OtherClient();
  }
  const std::string client = ClientOf(reading.subject);
  if (!client.empty() && client != reading.call.client_name()) return OtherClient();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SubjectFacts> ReadFacts(const Reading& reading, const Kind& kind) {
  SA_RETURN_IF_ERROR(domain::CheckSubject(kind, reading.subject, "document.subject"));
  const Reader* reader = FindReader(kind.kind);
  if (reader == nullptr) return Internal("no reader for this kind");
  SubjectFacts facts;
  facts.today = TokyoDay(reading.call.now);
  SA_RETURN_IF_ERROR(ReadOwner(reading, facts));
  if (reader->read != nullptr) SA_RETURN_IF_ERROR(reader->read(reading, facts));
  SA_ASSIGN_OR_RETURN(facts.client,
                      (reading.Get<engagement::v1::Client, engagement::v1::GetClientRequest>(
                          reading.call.client_name())));
  SA_ASSIGN_OR_RETURN(
      facts.organization,
      (reading.Get<engagement::v1::Organization, engagement::v1::GetOrganizationRequest>(
          "organization")));
  return facts;
}

absl::StatusOr<std::vector<MemberSheet>> ReadSheets(const Reading& reading, const Kind& kind,
                                                    const std::string& member) {
  const Reader* reader = FindReader(kind.kind);
  if (reader == nullptr || reader->sheets == nullptr) {
    return InvalidField("member", "this kind of document has no sheets of single members",
                        "この書類は個人別には作れません");
  }
  if (member.empty()) return reader->sheets(reading, member);
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", member, "member"));
  if (ids[0] != reading.call.client()) {
    return InvalidField("member", "is of another client", "別のお客様の人は指定できません");
  }
  return reader->sheets(reading, member);
}

}  // namespace staraction::document
