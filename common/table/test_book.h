#ifndef STARACTION_COMMON_TABLE_TEST_BOOK_H_
#define STARACTION_COMMON_TABLE_TEST_BOOK_H_

#include <zip.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/strings.h"
#include "common/table/table.h"

// Workbooks made by hand, right and wrong ones, for tests.
namespace staraction::test {

using Parts = std::map<std::string, std::string>;

// A ZIP archive with these parts.
inline std::string Zip(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  }
  zip_close(archive);
  zip_source_open(target);
  std::string bytes;
  char buffer[4096];
  for (zip_int64_t size; (size = zip_source_read(target, buffer, sizeof(buffer))) > 0;) {
    bytes.append(buffer, static_cast<size_t>(size));
  }
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

// The parts of an archive.
inline Parts Unzip(const std::string& bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  Parts parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    zip_stat_t stat;
    zip_stat_index(archive, index, 0, &stat);
    std::string& text = parts[stat.name];
    text.resize(stat.size);
    zip_file_t* file = zip_fopen_index(archive, index, 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
  }
  zip_discard(archive);
  return parts;
}

// The parts of a workbook with these sheets, by title: what stands inside <worksheet>.
inline Parts BookParts(const std::map<std::string, std::string>& sheets,
                       const std::string& workbook_properties = "") {
  constexpr char kOffice[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  std::string list, relations;
  Parts parts;
  int number = 0;
  for (const auto& [title, xml] : sheets) {
    const std::string part = absl::StrCat("worksheets/sheet", ++number, ".xml");
    absl::StrAppend(&list, "<sheet name='", title, "' sheetId='", number, "' r:id='r", number,
                    "'/>");
    absl::StrAppend(&relations, "<Relationship Id='r", number, "' Type='", kOffice,
                    "worksheet' Target='", part, "'/>");
    parts["xl/" + part] = absl::StrCat("<worksheet>", xml, "</worksheet>");
  }
  absl::StrAppend(&relations, "<Relationship Id='s' Type='", kOffice,
                  "sharedStrings' Target='/xl/sharedStrings.xml'/><Relationship Id='y' Type='",
                  kOffice, "styles' Target='styles.xml'/>");
  parts["_rels/.rels"] = absl::StrCat("<Relationships><Relationship Id='w' Type='", kOffice,
                                      "officeDocument' Target='xl/workbook.xml'/></Relationships>");
  parts["xl/workbook.xml"] = absl::StrCat("<workbook xmlns:r='r'>", workbook_properties, "<sheets>",
                                          list, "</sheets></workbook>");
  parts["xl/_rels/workbook.xml.rels"] =
      absl::StrCat("<Relationships>", relations, "</Relationships>");
  parts["xl/sharedStrings.xml"] = "<sst/>";
  parts["xl/styles.xml"] = "<styleSheet/>";
  return parts;
}

inline std::string Book(const std::string& sheet_xml) {
  return Zip(BookParts({{"台帳", sheet_xml}}));
}

// An inline text at the place.
inline std::string T(const std::string& place, const std::string& text) {
  return absl::StrCat("<c r='", place, "' t='inlineStr'><is><t>", text, "</t></is></c>");
}

// Header and rows, cells joined by '|', lines in front.
inline std::string Describe(const Table& table) {
  std::string out = absl::StrJoin(table.header(), "|");
  for (size_t row = 0; row < table.row_count(); ++row) {
    absl::StrAppend(&out, " / ", table.line(row), ":");
    for (size_t column = 0; column < table.header().size(); ++column) {
      absl::StrAppend(&out, column == 0 ? "" : "|", ToAbsl(table.Cell(row, column)));
    }
  }
  return out;
}

}  // namespace staraction::test

#endif  // STARACTION_COMMON_TABLE_TEST_BOOK_H_
