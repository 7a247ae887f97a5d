#ifndef STARACTION_COMMON_TABLE_WORDS_H_
#define STARACTION_COMMON_TABLE_WORDS_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace staraction {

// A list of codes made ready for many look-ups: words fold as in searches, so width, case and
// spaces don't matter.
class Words {
 public:
  // The first of several codes with the same word keeps it. `label` is what people choose from.
  void Add(const std::string& code, const std::string& label,
           const std::vector<std::string>& spellings);

  // The code that the word is, or a label or spelling of. With `inside`, one of three or more
  // characters may also stand in it (取締役 in 取締役総務部長). "" if there is none.
  std::string CodeOf(std::string_view word, bool inside) const;

  // The label of a code; "" if there is no such code.
  std::string LabelOf(const std::string& code) const;

  const std::vector<std::string>& labels() const { return labels_; }
  // All labels in one line, for people.
  std::string JoinedLabels() const;

 private:
  std::map<std::string, std::string> codes_;
  std::vector<std::pair<std::string, std::string>> long_;
  std::map<std::string, std::string> label_of_;
  std::vector<std::string> labels_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_WORDS_H_
