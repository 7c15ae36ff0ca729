# kith_room(<name> ROOMS <rooms> PACKAGES <public packages> USES <private packages>)
# Declares the folder core/<name> as the library kith_<name>. ROOMS names the rooms it may include
# from; tests/house/rooms.py holds the include lines to the order of core/CMakeLists.txt.
function(kith_room name)
    cmake_parse_arguments(room "" "" "ROOMS;PACKAGES;USES" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS
         ${PROJECT_SOURCE_DIR}/core/${name}/*.cpp ${PROJECT_SOURCE_DIR}/core/${name}/*.h)
    list(TRANSFORM room_ROOMS PREPEND kith_)
    add_library(kith_${name} STATIC ${sources})
    set_target_properties(kith_${name} PROPERTIES LINKER_LANGUAGE CXX)
    target_include_directories(kith_${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
    target_link_libraries(kith_${name} PUBLIC ${room_ROOMS} ${room_PACKAGES}
                          PRIVATE kith_warnings ${room_USES})
endfunction()

# kith_embed(<room> <symbol> <files...>) compiles text files into the room as
# `extern const std::vector<std::pair<std::string_view, std::string_view>> <symbol>` (name, text),
# in the order given, so that the program needs no files at run time.
function(kith_embed room symbol)
    set(out ${PROJECT_BINARY_DIR}/generated/embedded/${symbol}.cpp)
    add_custom_command(OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DSYMBOL=${symbol} "-DFILES=${ARGN}"
                -P ${PROJECT_SOURCE_DIR}/core/embed.cmake
        DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/core/embed.cmake VERBATIM)
    target_sources(kith_${room} PRIVATE ${out})
endfunction()
