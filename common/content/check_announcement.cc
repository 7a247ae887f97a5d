#include "absl/strings/str_cat.h"
#include "common/content/announcement.h"
#include "common/content/check_kinds.h"

namespace staraction::content {

void Check(const CheckContext& context, const v1::AnnouncementTemplate& announcement,
           const Where& where) {
  for (int i = 0; i < announcement.stars_size(); ++i) {
    CheckRange(context, announcement.stars(i), 1, 2, where.At(announcement, "stars", i));
  }
  const auto file = context.pack.markdown.find(announcement.body().file());
  if (file == context.pack.markdown.end()) return;  // Reported with the shape.
  for (const std::string& name : VariablesOf(file->second)) {
    if (IsAnnouncementVariable(name)) continue;
    context.Report(where.At(announcement, "body"),
                   absl::StrCat("there is no variable {{", name, "}}"));
  }
}

void Check(const CheckContext& context, const v1::InquirySource& source, const Where& where) {
  CheckRange(context, source.business_days(), 1, 60, where.At(source, "business_days"));
}

}  // namespace staraction::content
