#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
void FillCommon(const SubjectFacts& facts, TemplateData& data) {
  const auto& client = facts.client;
  data.fields = {{"client.name", client.legal_name()},
                 {"client.trade_name", client.trade_name()},
                 {"client.postal_code", client.postal_code()},
                 {"client.address", client.address()},
                 {"client.representative_title", client.representative_title()},
                 {"client.representative_name", client.representative_name()},
                 {"client.representative",
                  JoinedText({client.representative_title(), client.representative_name()}, "　")},
                 {"organization.name", facts.organization.display_name()},
                 {"engagement.start_date", DateText(facts.engagement.start_date())},
                 {"engagement.due_date", DateText(facts.engagement.due_date())},
                 {"engagement.star", StarText(facts.engagement.star())},
                 {"document.date", FormatJapaneseDate(facts.today)},
                 {"document.number", ""},
                 {"document.title", ""},
                 {"document.establish_date", ""},
                 {"approval.mark", ""},
                 {"approval.approver", ""},
                 {"approval.date", ""},
                 {"approval.digest", ""}};
}

}  // namespace staraction::document::domain
