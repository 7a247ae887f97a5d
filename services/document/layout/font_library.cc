#include "services/document/layout/font_library.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <filesystem>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/status/errors.h"

namespace staraction::document {
namespace {

// The prepared fonts carry Noto's family name; a name of their own makes them the first choice.
std::string ConfigXml(const std::string& folder) {
  const auto escaped = absl::StrReplaceAll(folder, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
  std::string xml = absl::StrCat(
      "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>", escaped,
      "</dir><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><cachedir>", escaped,
      "/cache</cachedir><cachedir>/var/cache/fontconfig</cachedir>");
  for (const char* face : {"Serif", "Sans"}) {
    absl::StrAppend(&xml,
                    "<match target=\"scan\"><test name=\"file\" compare=\"contains\"><string>",
                    "/StarAction", face, "-</string></test><edit name=\"family\" mode=\"assign\" ",
                    "binding=\"same\"><string>StarAction ", face, "</string></edit></match>");
  }
  return absl::StrCat(xml, "</fontconfig>");
}

struct ThreadFonts {
  std::shared_ptr<PangoFontMap> map;
  std::shared_ptr<PangoContext> context;
};

ThreadFonts MakeThreadFonts(FcConfig* config) {
  ThreadFonts fonts;
  fonts.map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT), g_object_unref);
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts.map.get()), config);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts.map.get()), 72.0);
  fonts.context.reset(pango_font_map_create_context(fonts.map.get()), g_object_unref);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(fonts.context.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(fonts.context.get(), FALSE);
  pango_context_set_language(fonts.context.get(), pango_language_from_string("ja"));
  return fonts;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const FontLibrary>> FontLibrary::Open(const std::string& folder) {
  for (const char* file : {"StarActionSerif-Regular.otf", "StarActionSerif-Bold.otf",
                           "StarActionSans-Regular.otf", "StarActionSans-Bold.otf"}) {
    const auto path = std::filesystem::path(folder) / file;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return NotFound(path.string());
  }
  FcConfig* config = FcConfigCreate();
  const std::string xml = ConfigXml(std::filesystem::absolute(folder).string());
  std::shared_ptr<const FontLibrary> library(new FontLibrary(config));
  if (!FcConfigParseAndLoadFromMemory(config, reinterpret_cast<const FcChar8*>(xml.c_str()),
                                      FcFalse) ||
      !FcConfigBuildFonts(config)) {
    return Internal("fontconfig refused the font configuration");
  }
  return library;
}

FontLibrary::~FontLibrary() {
  FcConfigDestroy(config_);
}

PangoContext* FontLibrary::ThreadContext() const {
  // Keyed by the configuration, of which each font map keeps a reference: no address is reused.
  thread_local std::map<FcConfig*, ThreadFonts> fonts;
  auto [entry, inserted] = fonts.try_emplace(config_);
  if (inserted) entry->second = MakeThreadFonts(config_);
  return entry->second.context.get();
}

}  // namespace staraction::document
